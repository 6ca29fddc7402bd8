import type { Store } from '$lib/store/store';
import type { LogEntry } from './entry';

/** Where the newest page of the whole log is kept. */
export const wholeLog = 'activity_log_page';

const histories = 'activity_log_of/';
const mostHistories = 30;

/** Where the newest page about one record is kept. */
export const historyOf = (recordId: string) => histories + recordId;

/** A newest page of the log as it was last fetched, for reading offline. */
export interface KeptPage {
  entries: LogEntry[];
  /** ISO */
  fetched_at: string;
}

export async function readKeptPage({ db }: Store, key: string): Promise<KeptPage | undefined> {
  return (await db.meta.get(key))?.value as KeptPage | undefined;
}

/**
 * Keeps a page, and of the pages about single records only those last fetched. A device that cannot keep it still
 * shows it.
 */
export async function keepPage({ db, now }: Store, key: string, entries: LogEntry[]): Promise<void> {
  const page: KeptPage = { entries, fetched_at: now().toISOString() };
  try {
    await db.meta.put({ key, value: page });
    const kept = await db.meta.where('key').startsWith(histories).toArray();
    const fetchedAt = ({ value }: { value: unknown }) => (value as KeptPage).fetched_at;
    const old = kept.sort((a, b) => (fetchedAt(a) < fetchedAt(b) ? 1 : -1)).slice(mostHistories);
    await db.meta.bulkDelete(old.map((row) => row.key));
  } catch {
    // Reading goes on.
  }
}
