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
    const mutations = takeWhole(await oldest(db, mostEntries + 1));
    const events = await db.events.orderBy('seq').limit(mostEntries).toArray();
    return mutations.length + events.length > 0 ? { mutations, events } : undefined;
  });
}

/** The first entries that wait: those of one state come from its index in the order of `seq`. */
async function oldest({ outbox }: CrmDatabase, count: number): Promise<OutboxEntry[]> {
  const ofState = (state: string) => outbox.where('state').equals(state).limit(count).toArray();
  const [pending, reoffered] = await Promise.all([ofState('pending'), ofState('reoffered')]);
  return [...pending, ...reoffered].sort((a, b) => a.seq - b.seq).slice(0, count);
}

/** The first entries that fit one request; a group goes whole, too large as it may be. */
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
  if (whole > 0) return entries.slice(0, whole);
  while (next && entries[end]?.group_id === next) end += 1;
  return entries.slice(0, end);
}
