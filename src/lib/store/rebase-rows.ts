import type { EntityName, Row } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import type { CrmDatabase } from './database';
import { readNear, spansOf, type RecordKey } from './read-near';
import { rebase } from './rebase';
import { withSortKey } from './sort-keys';
import type { BaseRow, OutboxEntry } from './tables';
import type { Store } from './store';

const unsettled = ['pending', 'acknowledged', 'refused'];

/** `rebaseRows` for one record. */
export function rebaseRow(store: Store, entity: EntityName, id: string): Promise<void> {
  return rebaseRows(store, [[entity, id]]);
}

/**
 * Makes records on the screen what they should be: the server's copy with the unsettled mutations on top. Without
 * any left, the copy is the record. Runs inside the caller's transaction, with few requests however many records.
 * @param fresh newer copies from the server by `keyOf`, or null if it no longer has the record
 */
export async function rebaseRows(
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
    ...[...shown].map(async ([entity, rows]) => {
      const other = await changed(db, entity, rows, fresh);
      await db.rowsOf(entity).bulkPut(other);
    }),
    ...[...gone].map(([entity, ids]) => db.rows(entity).bulkDelete(ids)),
    db.base_rows.bulkPut(kept),
    db.base_rows.bulkDelete(done),
  ]);
}

/** Of many rows that the server has not just sent, those that do not look so already: reading costs less than writing. */
async function changed(
  db: CrmDatabase,
  entity: EntityName,
  rows: Row[],
  fresh: ReadonlyMap<string, unknown>,
): Promise<Row[]> {
  const known = rows.filter(({ id }) => !fresh.has(keyOf([entity, id])));
  const spans = spansOf(known.map(({ id }): RecordKey => [entity, id]));
  const between = spans.map(([[, first], [, last]]) =>
    db.rows(entity).where(':id').between(first, last, true, true),
  );
  const near = await readNear<Row>(known.length, [between]);
  const before = new Map(near?.map((row) => [row.id, row]));
  return rows.filter((row) => !same(before.get(row.id), withSortKey(entity, row)));
}

export const keyOf = ([entity, id]: RecordKey): string => `${entity}/${id}`;

/** The server's copies of those records that have one. */
async function basesOf({ base_rows }: CrmDatabase, records: RecordKey[]): Promise<BaseRow[]> {
  const wanted = new Map(records.map((record) => [keyOf(record), record]));
  const keys = [...wanted.values()];
  const between = spansOf(keys).map(([first, last]) =>
    base_rows.where(':id').between(first, last, true, true),
  );
  const found = (await readNear(keys.length, [between])) ?? (await base_rows.bulkGet(keys));
  return found.filter((base) => base !== undefined && wanted.has(keyOf([base.entity, base.id]))) as BaseRow[];
}

/** Finds the unsettled entries of a record, in the order in which they were made. */
async function waitingFor(db: CrmDatabase, bases: BaseRow[]): Promise<(base: BaseRow) => OutboxEntry[]> {
  const found = await entriesOn(db, bases);
  const merges = await db.outbox.bulkGet([...new Set(bases.flatMap((base) => base.merges ?? []))]);
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

/**
 * All unsettled entries on these records, and possibly others: what lies between the first and the last (pages of a pull
 * often come in the order of ids), or all that is unsettled, or each record looked up.
 */
async function entriesOn({ outbox }: CrmDatabase, bases: BaseRow[]): Promise<OutboxEntry[]> {
  const records = bases.map(({ entity, id }): RecordKey => [entity, id]);
  const between = spansOf(records).map(([first, last]) =>
    outbox.where('[entity+id]').between(first, last, true, true),
  );
  const waiting = unsettled.map((state) => outbox.where('state').equals(state));
  const near = await readNear<OutboxEntry>(records.length, [between, waiting]);
  if (near) return near;
  const on = (record: RecordKey) => outbox.where('[entity+id]').equals(record).toArray();
  return (await Promise.all(records.map(on))).flat();
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
