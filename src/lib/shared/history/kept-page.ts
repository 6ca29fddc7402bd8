import type { Store } from '$lib/store/store';
import { readKept, type KeptPage, type LogEntry } from './entry';

/** What the keys of all kept pages begin with. */
const everyPage = 'activity_log';

/** Where the newest page of the whole log is kept. */
export const wholeLog = 'activity_log_page';

const histories = 'activity_log_of/';
const mostHistories = 30;

/** Where the newest page about one record is kept. */
export const historyOf = (recordId: string) => histories + recordId;

/** Hours that an entry lives on the server, and so on a device that may not have heard from it since. */
const keptHours = 720;

/** Of these, the entries that are not too old to be read; null where none is left. */
function living(page: KeptPage, now: Date): KeptPage | null {
  const horizon = now.getTime() - keptHours * 3_600_000;
  const entries = page.entries.filter(({ timestamp }) => Date.parse(timestamp) >= horizon);
  return entries.length > 0 ? { ...page, entries } : null;
}

/** The page that was kept, without what the server has removed since. */
export async function readKeptPage({ db, now }: Store, key: string): Promise<KeptPage | undefined> {
  const kept = readKept((await db.meta.get(key))?.value);
  return (kept && living(kept, now())) ?? undefined;
}

/** Takes off this device what the server keeps no longer. */
export async function forgetOldEntries({ db, now }: Store): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const pages = await db.meta.where('key').startsWith(everyPage).toArray();
    for (const { key, value } of pages) {
      const kept = readKept(value);
      const page = kept && living(kept, now());
      if (!page) await db.meta.delete(key);
      else if (page.entries.length < kept.entries.length) await db.meta.put({ key, value: page });
    }
  });
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
    const fetchedAt = ({ value }: { value: unknown }) => readKept(value)?.fetched_at ?? '';
    const old = kept.sort((a, b) => (fetchedAt(a) < fetchedAt(b) ? 1 : -1)).slice(mostHistories);
    await db.meta.bulkDelete(old.map((row) => row.key));
  } catch {
    // Reading goes on.
  }
}
