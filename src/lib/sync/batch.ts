import type { CrmDatabase } from '$lib/store/database';
import type { OutboxEntry, StoredEvent } from '$lib/store/records';

export interface Batch {
  mutations: OutboxEntry[];
  events: StoredEvent[];
}

const mostEntries = 500;
/** Characters of JSON; below the server's 2 MB with room for letters of several bytes. */
const mostCharacters = 900_000;

/** What the next push carries, oldest first; `undefined` when nothing waits. */
export async function nextBatch(db: CrmDatabase): Promise<Batch | undefined> {
  return db.transaction('r', db.outbox, db.events, async () => {
    const waiting = await db.outbox.where('state').anyOf('pending', 'reoffered').sortBy('seq');
    const mutations = takeWhole(waiting);
    const events = await db.events.orderBy('seq').limit(mostEntries).toArray();
    return mutations.length + events.length > 0 ? { mutations, events } : undefined;
  });
}

/** The first entries that fit one request, never a part of a group. */
function takeWhole(entries: OutboxEntry[]): OutboxEntry[] {
  let characters = 0;
  let end = 0;
  while (end < entries.length && end < mostEntries) {
    characters += JSON.stringify(entries[end]).length;
    if (characters > mostCharacters && end > 0) break;
    end += 1;
  }
  const next = entries[end]?.group_id;
  let whole = end;
  while (next && whole > 0 && entries[whole - 1]?.group_id === next) whole -= 1;
  return entries.slice(0, whole > 0 ? whole : end);
}
