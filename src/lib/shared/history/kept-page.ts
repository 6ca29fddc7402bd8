import type { Store } from '$lib/store/store';
import { readKept, type KeptPage, type LogEntry } from './entry';

/** The prefix of the keys of all kept pages. */
const everyPage = 'activity_log';

/** The key of the newest page of the whole log. */
export const wholeLog = 'activity_log_page';

const histories = 'activity_log_of/';
const mostHistories = 30;

/** The key of the newest page about one record. */
export const historyOf = (recordId: string) => histories + recordId;

/** Hours that an entry lives on the server. A device that cannot ask the server keeps it no longer than that. */
const keptHours = 720;

/** The entries that are not too old to be shown; null if none are left. */
function living(page: KeptPage, now: Date): KeptPage | null {
  const horizon = now.getTime() - keptHours * 3_600_000;
  const entries = page.entries.filter(({ timestamp }) => Date.parse(timestamp) >= horizon);
  return entries.length > 0 ? { ...page, entries } : null;
}

/** The page that was kept, without the entries that the server has deleted since. */
export async function readKeptPage({ db, now }: Store, key: string): Promise<KeptPage | undefined> {
  const kept = readKept((await db.meta.get(key))?.value);
  return (kept && living(kept, now())) ?? undefined;
}

/** Deletes the entries on this device that the server no longer keeps. */
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
 * Keeps a page. It keeps pages about single records only for the last ones fetched. A device that cannot store the page
 * still shows it.
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
    // The page can be read all the same.
  }
}
