import type { EntityName, Row } from '$lib/entities/registry';
import type { Store } from './store';
import { writeDirectly, type DirectTransaction } from './direct';
import { asStoreError, StoreError } from './errors';
import { announceWrite } from './writes';
import type { Edit, Mutation } from '$lib/entities/mutation';
import { applyMutation } from './rebase';
import type { BaseRow, Meta, OutboxEntry } from './tables';
import { many, spansOf, type RecordKey } from './read-near';
import { sanitize } from './sanitize';
import { checkLengths } from '$lib/entities/limits';
import { checkValues } from '$lib/entities/check-values';
import { same } from '$lib/entities/same';

/**
 * The only way anything is written: the rows as they will look and the mutations to send, in one
 * IndexedDB transaction. All edits of a call are stored, or none. Calls of one tick share a transaction;
 * one that is refused or cannot be stored takes no other along.
 * @param options.group true: the server applies all of them or none
 * @param options.group_id the same, together with other writes that name this group
 * @throws StoreError `too_long`, `invalid_value`, `storage_full`, `storage_unavailable`, `not_found`; nothing was stored then.
 */
export async function mutate(
  store: Store,
  edits: Edit[],
  options: { group?: boolean; group_id?: string } = {},
): Promise<void> {
  if (edits.length === 0) return;
  const group_id = options.group_id ?? (options.group && edits.length > 1 ? store.newId() : undefined);
  await commitSave(store, { edits, group_id });
}

interface WaitingSave extends Save {
  resolve(): void;
  reject(cause: unknown): void;
}

const editsAtOnce = 500;
const waiting = new WeakMap<Store, WaitingSave[]>();

/**
 * Stores a save together with the others of its tick and with those that came while the last transaction
 * was under way: a transaction costs more than the rows in it. Saves are stored in the order of the calls.
 * @throws StoreError for this save alone, of which nothing is stored then
 */
function commitSave(store: Store, save: Save): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = { ...save, resolve, reject };
    const others = waiting.get(store);
    if (others) others.push(entry);
    else {
      const saves = [entry];
      waiting.set(store, saves);
      queueMicrotask(() => void commitAll(store, saves));
    }
  });
}

async function commitAll(store: Store, saves: WaitingSave[]): Promise<void> {
  while (saves.length > 0) await commit(store, take(saves));
  waiting.delete(store);
}

/** The first saves, as many as make one transaction; a large save is never split. */
function take(saves: WaitingSave[]): WaitingSave[] {
  let count = 0;
  for (let edits = 0; count < saves.length; count++) {
    edits += saves[count]?.edits.length ?? 0;
    if (count > 0 && edits > editsAtOnce) break;
  }
  return saves.splice(0, count);
}

/** Stores saves in one transaction. If it is aborted, stores each save in its own, so that only the bad one fails. */
async function commit(store: Store, saves: WaitingSave[]): Promise<void> {
  let refused: Map<WaitingSave, unknown>;
  try {
    refused = await writeDirectly(store.db, tablesOf(saves), (transaction) =>
      writeSaves(store, transaction, saves),
    );
  } catch (cause) {
    if (saves.length > 1) for (const save of saves) await commit(store, [save]);
    else saves[0]?.reject(asStoreError(cause));
    return;
  }
  for (const save of saves)
    if (refused.has(save)) save.reject(refused.get(save));
    else save.resolve();
  if (refused.size < saves.length) announceWrite(store, entitiesOf(saves));
}

/** The edits of one call, of which all are stored, or none. */
interface Save {
  edits: Edit[];
  group_id: string | undefined;
}

interface Written {
  /** Rows as they will look, in the order in which they were first touched. */
  rows: Map<string, { entity: EntityName; row: Row }>;
  bases: Map<string, BaseRow>;
  mutations: Mutation[];
}

const nothing = (): Written => ({ rows: new Map(), bases: new Map(), mutations: [] });
const keyOf = ({ entity, id }: Pick<Edit, 'entity' | 'id'>) => `${entity}/${id}`;

/** The tables that `writeSaves` needs in its transaction. */
const tablesOf = (saves: Save[]): string[] => [...entitiesOf(saves), 'outbox', 'base_rows', 'meta'];

/**
 * Stores saves in their order, inside the caller's transaction: one round for all that is read, one for all that is
 * written. A save that is refused leaves nothing behind and holds up no other.
 * @returns why each refused save was
 */
async function writeSaves<S extends Save>(
  store: Store,
  transaction: DirectTransaction,
  saves: S[],
): Promise<Map<S, unknown>> {
  const [known, heard] = await Promise.all([
    readRows(transaction, saves),
    transaction.get('meta', 'server_time'),
  ]);
  const known_at = (heard as Meta | undefined)?.value as string | undefined;
  const written = nothing();
  const refused = new Map<S, unknown>();
  for (const save of saves) {
    try {
      const own = planSave(
        store,
        save,
        (key) => written.rows.get(key)?.row ?? known.rows.get(key) ?? null,
        known_at,
      );
      for (const [key, base] of own.bases)
        if (!known.based.has(key) && !written.bases.has(key)) written.bases.set(key, base);
      for (const [key, row] of own.rows) written.rows.set(key, row);
      written.mutations.push(...own.mutations);
    } catch (cause) {
      refused.set(save, cause);
    }
  }
  for (const { entity, row } of written.rows.values()) transaction.put(entity, row);
  for (const base of written.bases.values()) transaction.put('base_rows', base);
  for (const mutation of written.mutations) {
    const entry: Omit<OutboxEntry, 'seq'> = { ...mutation, state: 'pending' };
    transaction.put('outbox', entry);
  }
  return refused;
}

/** The writes of one save. A later edit of a record sees the earlier ones. */
function planSave(
  store: Store,
  { edits, group_id }: Save,
  rowOf: (key: string) => Row | null,
  known_at: string | undefined,
): Written {
  const own = nothing();
  for (const edit of sanitize(edits)) {
    const key = keyOf(edit);
    const row = own.rows.get(key)?.row ?? rowOf(key);
    const mutation = mutationOf(store, edit, row, { group_id, known_at });
    if (!mutation) continue;
    const { entity, id } = edit;
    if (!own.bases.has(key)) own.bases.set(key, { entity, id, row });
    own.rows.set(key, { entity, row: applyMutation(row, mutation, store.userId) as Row });
    own.mutations.push(mutation);
  }
  return own;
}

async function readRows(transaction: DirectTransaction, saves: Save[]) {
  const edits = [
    ...new Map(saves.flatMap((save) => save.edits).map((edit) => [keyOf(edit), edit])).entries(),
  ];
  const [based, ...found] = await Promise.all([
    basedAmong(
      transaction,
      edits.map(([, { entity, id }]): RecordKey => [entity, id]),
    ),
    ...edits.map(
      async ([key, { entity, id }]) => [key, (await transaction.get(entity, id)) as Row | undefined] as const,
    ),
  ]);
  return {
    rows: new Map(found.flatMap(([key, row]) => (row ? [[key, row]] : []))),
    based: new Set(based.map(([entity, id]) => `${entity}/${id}`)),
  };
}

/** The records that have unsettled edits already, at least those among `records`. */
async function basedAmong(transaction: DirectTransaction, records: RecordKey[]): Promise<RecordKey[]> {
  // Of the records that an import or a bulk edit makes, the ids stand close together: few others are between.
  const wanted =
    records.length >= many
      ? spansOf(records).map(([first, last]) => IDBKeyRange.bound(first, last))
      : records;
  const keys = await Promise.all(wanted.map((range) => transaction.keys('base_rows', range)));
  return keys.flat() as RecordKey[];
}

/** The entities that saves touch. */
const entitiesOf = (saves: Save[]): EntityName[] => [
  ...new Set(saves.flatMap((save) => save.edits.map(({ entity }) => entity))),
];

/**
 * The mutation of an edit; `undefined` where the edit changes nothing.
 * @param row the row as this device shows it, or null if the device does not have it
 * @param known_at the newest time of the server that this device knows
 * @throws StoreError `not_found`, `too_long`, `invalid_value`
 */
function mutationOf(
  store: Store,
  edit: Edit,
  row: Row | null,
  { group_id, known_at }: Pick<Mutation, 'group_id' | 'known_at'> = {},
): Mutation | undefined {
  if (!row && edit.op !== 'insert') throw new StoreError('not_found');
  const seen = ('seen' in edit ? edit.seen : undefined) ?? row;
  const values: Record<string, unknown> = ('values' in edit && edit.values) || {};
  const changed = Object.entries(values).filter(
    ([field, value]) => edit.op !== 'update' || !same(value, Reflect.get(seen ?? {}, field)),
  );
  if (edit.op === 'update' && changed.length === 0) return undefined;
  const patch = Object.fromEntries(changed.map(([field, value]) => [field, value ?? null]));
  const tooLong = checkLengths(patch);
  if (tooLong) throw new StoreError('too_long', tooLong);
  const wrong = checkValues(edit.entity, patch);
  if (wrong) throw new StoreError('invalid_value', wrong);
  const base = edit.op === 'insert' ? {} : pick(seen, Object.keys(patch));
  return {
    mutation_id: store.newId(),
    ...(group_id ? { group_id } : {}),
    entity: edit.entity,
    id: edit.id,
    op: edit.op,
    base_version: seen?.version ?? 0,
    base,
    patch,
    occurred_at: store.now().toISOString(),
    ...(known_at ? { known_at } : {}),
  };
}

const pick = (row: object | null, fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, Reflect.get(row ?? {}, field) ?? null]));
