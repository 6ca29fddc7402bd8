import type { Store } from '$lib/store/store';
import type { LogEntry } from './entry';

const key = 'activity_log_page';

/** The newest page of the log as it was last fetched, for reading offline. */
export interface KeptPage {
  entries: LogEntry[];
  /** ISO */
  fetched_at: string;
}

export async function readKeptPage({ db }: Store): Promise<KeptPage | undefined> {
  return (await db.meta.get(key))?.value as KeptPage | undefined;
}

/** Keeps a page; a device that cannot keep it still shows it. */
export async function keepPage({ db, now }: Store, entries: LogEntry[]): Promise<void> {
  const page: KeptPage = { entries, fetched_at: now().toISOString() };
  await db.meta.put({ key, value: page }).catch(() => undefined);
}
