import type { Collection } from 'dexie';
import type { EntityName, Row } from '$lib/entities/registry';
import type { CrmDatabase } from './database';
import { rebase } from './rebase';
import type { BaseRow, OutboxEntry } from './records';
import type { Store } from './store';

const unsettled = ['pending', 'acknowledged', 'refused'];
/** From this many records on, reading every unsettled entry costs less than looking each record up. */
const many = 40;

/** A record by its table and id. */
export type RecordKey = [entity: EntityName, id: string];

/** `showRows` for one record. */
export function showRow(store: Store, entity: EntityName, id: string): Promise<void> {
  return showRows(store, [[entity, id]]);
}

/**
 * Makes records on the screen what they should be: the server's copy with the unsettled mutations on top. Without
 * any left, the copy is the record. Runs inside the caller's transaction, with few requests however many records.
 * @param fresh newer copies from the server by `keyOf`, null where it has the record no longer
 */
export async function showRows(
  store: Store,
  records: RecordKey[],
  fresh: ReadonlyMap<string, Row | null> = new Map(),
): Promise<void> {
  const { db, userId } = store;
  const known = await basesOf(db, records);
  if (known.length === 0) return;
  const waiting = await waitingFor(db, known);
  const shown = new Map<EntityName, Row[]>();
  const gone = new Map<EntityName, string[]>();
  const [kept, done]: [BaseRow[], RecordKey[]] = [[], []];
  for (const base of known) {
    const { entity, id } = base;
    const newer = fresh.get(keyOf([entity, id]));
    const row = newer === undefined ? base.row : newer;
    const own = waiting(base);
    const visible = rebase(row, own, userId);
    if (visible) listIn(shown, entity).push(visible);
    else listIn(gone, entity).push(id);
    if (own.length === 0) done.push([entity, id]);
    else if (newer !== undefined) kept.push({ ...base, row });
  }
  await Promise.all([
    ...[...shown].map(([entity, rows]) => db.rows(entity).bulkPut(rows as never[])),
    ...[...gone].map(([entity, ids]) => db.rows(entity).bulkDelete(ids)),
    db.base_rows.bulkPut(kept),
    db.base_rows.bulkDelete(done),
  ]);
}

export const keyOf = ([entity, id]: RecordKey): string => `${entity}/${id}`;

/** The server's copies of those records that have one: all copies in one request where most are wanted. */
async function basesOf({ base_rows }: CrmDatabase, records: RecordKey[]): Promise<BaseRow[]> {
  const wanted = new Map(records.map((record) => [keyOf(record), record]));
  if (wanted.size >= many && (await base_rows.count()) < 4 * wanted.size)
    return base_rows.filter(({ entity, id }) => wanted.has(keyOf([entity, id]))).toArray();
  const found = await base_rows.bulkGet([...wanted.values()]);
  return found.filter((base) => base !== undefined);
}

/** Finds the unsettled entries of a record, in the order in which they were made. */
async function waitingFor(
  { outbox }: CrmDatabase,
  bases: BaseRow[],
): Promise<(base: BaseRow) => OutboxEntry[]> {
  const found = await entriesOn(outbox, bases);
  const merges = await outbox.bulkGet([...new Set(bases.flatMap((base) => base.merges ?? []))]);
  const entries = [...found, ...merges.filter((entry) => entry !== undefined)].filter((entry) =>
    unsettled.includes(entry.state),
  );
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const byRecord = new Map<string, OutboxEntry[]>();
  for (const entry of bySeq.values()) {
    listIn(byRecord, keyOf([entry.entity, entry.id])).push(entry);
  }
  return ({ entity, id, merges = [] }) => {
    const own = byRecord.get(keyOf([entity, id])) ?? [];
    const through = merges.map((seq) => bySeq.get(seq)).filter((entry) => entry !== undefined);
    return [...new Set([...own, ...through])].sort((a, b) => a.seq - b.seq);
  };
}

/** A request by itself costs about as much as so many entries that come with others. */
const costOfRequest = 3;

/**
 * All unsettled entries on these records, and possibly others: read by whichever costs least of looking each record
 * up, all that lies between the first and the last (a first pull comes in the order of ids), and all that is unsettled.
 */
async function entriesOn(outbox: CrmDatabase['outbox'], bases: BaseRow[]): Promise<OutboxEntry[]> {
  const each = bases.map(({ entity, id }) => outbox.where('[entity+id]').equals([entity, id]));
  if (bases.length < many) return readAll(each);
  const ids = new Map<EntityName, string[]>();
  for (const { entity, id } of bases) listIn(ids, entity).push(id);
  const between = [...ids].map(([entity, of]) => {
    const [first, last] = [of.reduce((a, b) => (a < b ? a : b)), of.reduce((a, b) => (a > b ? a : b))];
    return outbox.where('[entity+id]').between([entity, first], [entity, last], true, true);
  });
  const waiting = unsettled.map((state) => outbox.where('state').equals(state));
  const [inRange, inAll] = await Promise.all([countAll(between), countAll(waiting)]);
  const least = Math.min(inRange, inAll, bases.length * costOfRequest);
  return readAll(least === inRange ? between : least === inAll ? waiting : each);
}

type Entries = Pick<Collection<OutboxEntry>, 'count' | 'toArray'>[];

const readAll = async (parts: Entries) => (await Promise.all(parts.map((part) => part.toArray()))).flat();

const countAll = async (parts: Entries) =>
  (await Promise.all(parts.map((part) => part.count()))).reduce((sum, count) => sum + count, 0);

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
