import type { CrmDatabase } from '$lib/store/database';
import type { OutboxEntry, StoredEvent } from '$lib/store/tables';
import type { Failure } from '$lib/remote/reply';

export interface Batch {
  mutations: OutboxEntry[];
  events: StoredEvent[];
}

const mostEntries = 500;
/** Characters of JSON. The server takes 2 MB, and some characters need several bytes. */
export const mostCharacters = 900_000;

/**
 * Returns the mutations and events of the next push, oldest first, or `undefined` if nothing is left.
 * @param most characters of JSON that the mutations have, and the events; a group goes whole, however large it is
 * @param skipped what to leave out because it could not be sent
 */
export async function nextBatch(
  db: CrmDatabase,
  most = mostCharacters,
  skipped?: Skipped,
): Promise<Batch | undefined> {
  return db.transaction('r', db.outbox, db.events, async () => {
    // The entries that were skipped are the oldest. Read all, so that enough are left without them.
    const waiting = await oldest(db, skipped?.isEmpty === false ? Infinity : mostEntries + 1);
    const mutations = takeWhole(skipped ? skipped.without(waiting) : waiting, most);
    const kept = await db.events.orderBy('seq').limit(mostEntries).toArray();
    const events = skipped?.events ? [] : kept.slice(0, fitting(kept, most));
    return mutations.length + events.length > 0 ? { mutations, events } : undefined;
  });
}

/** The first entries that wait: those of one state come from its index in the order of `seq`. */
async function oldest({ outbox }: CrmDatabase, count: number): Promise<OutboxEntry[]> {
  const ofState = (state: string) => outbox.where('state').equals(state).limit(count).toArray();
  const [pending, reoffered] = await Promise.all([ofState('pending'), ofState('reoffered')]);
  return [...pending, ...reoffered].sort((a, b) => a.seq - b.seq).slice(0, count);
}

/** How many of the first entries fit a request; at least one. */
function fitting(entries: object[], most: number): number {
  let characters = 0;
  let end = 0;
  while (end < entries.length && end < mostEntries) {
    characters += JSON.stringify(entries[end]).length;
    if (characters > most && end > 0) break;
    end += 1;
  }
  return end;
}

/** The first entries that fit one request; a group goes whole, too large as it may be. */
function takeWhole(entries: OutboxEntry[], most: number): OutboxEntry[] {
  let end = fitting(entries, most);
  const next = entries[end]?.group_id;
  let whole = end;
  while (next && whole > 0 && entries[whole - 1]?.group_id === next) whole -= 1;
  if (whole > 0) return entries.slice(0, whole);
  while (next && entries[end]?.group_id === next) end += 1;
  return entries.slice(0, end);
}

/** The parts of a batch that can travel apart: a mutation alone, the members of a group, an event alone. */
export function unitsOf({ mutations, events }: Batch): Batch[] {
  const units = new Map<string, OutboxEntry[]>();
  for (const mutation of mutations) {
    const key = mutation.group_id ?? mutation.mutation_id;
    units.set(key, [...(units.get(key) ?? []), mutation]);
  }
  return [
    ...[...units.values()].map((members) => ({ mutations: members, events: [] })),
    ...events.map((event) => ({ mutations: [], events: [event] })),
  ];
}

/** Two batches with half of the units each; mutations and events part first. */
export function halvesOf(batch: Batch): [Batch, Batch] {
  const { mutations, events } = batch;
  if (mutations.length > 0 && events.length > 0)
    return [
      { mutations, events: [] },
      { mutations: [], events },
    ];
  const units = unitsOf(batch);
  const middle = Math.ceil(units.length / 2);
  return [joined(units.slice(0, middle)), joined(units.slice(middle))];
}

const joined = (units: Batch[]): Batch => ({
  mutations: units.flatMap(({ mutations }) => mutations),
  events: units.flatMap(({ events }) => events),
});

/**
 * The entries that a push leaves for later because something between the device and the server refuses them, and all
 * entries that must not overtake them: their group, later changes to the same record, and changes that name a record
 * they create.
 */
export class Skipped {
  #failure: Failure | undefined;
  #events = false;
  readonly #seqs = new Set<number>();
  readonly #records = new Set<string>();
  readonly #made = new Set<string>();
  readonly #groups = new Set<string>();

  get isEmpty(): boolean {
    return this.#failure === undefined;
  }
  /** Why the newest of them was refused. */
  get failure(): Failure | undefined {
    return this.#failure;
  }
  /** Whether events are left for another time. */
  get events(): boolean {
    return this.#events;
  }

  add({ mutations, events }: Batch, failure: Failure): void {
    this.#failure = failure;
    if (events.length > 0) this.#events = true;
    for (const entry of mutations) this.#leave(entry);
  }

  /** Returns the entries that may still be sent, in the order of `seq`. */
  without(entries: OutboxEntry[]): OutboxEntry[] {
    // A whole group waits, and so does everything that depends on any of its members, even on earlier ones: look again
    // until nothing new is found.
    for (let before = -1; before !== this.#seqs.size;) {
      before = this.#seqs.size;
      for (const entry of entries) if (this.#dependsOn(entry)) this.#leave(entry);
    }
    return entries.filter(({ seq }) => !this.#seqs.has(seq));
  }

  #leave({ seq, entity, id, op, group_id }: OutboxEntry): void {
    this.#seqs.add(seq);
    this.#records.add(`${entity}/${id}`);
    if (op === 'insert') this.#made.add(id);
    if (group_id) this.#groups.add(group_id);
  }

  #dependsOn({ seq, entity, id, group_id, patch }: OutboxEntry): boolean {
    if (this.#seqs.has(seq)) return false;
    if (group_id && this.#groups.has(group_id)) return true;
    if (this.#records.has(`${entity}/${id}`)) return true;
    if (this.#made.size === 0) return false;
    const text = JSON.stringify(patch);
    return [...this.#made].some((made) => text.includes(made));
  }
}
