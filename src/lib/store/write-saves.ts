import type { EntityName, Row } from '$lib/entities/registry';
import type { DirectTransaction } from './direct';
import type { Edit } from './mutate';
import { mutationOf } from './prepare';
import { applyMutation } from './rebase';
import type { BaseRow, Meta, Mutation, OutboxEntry } from './records';
import { many, spansOf, type RecordKey } from './read-near';
import { sanitize } from './sanitize';
import type { Store } from './store';

/** The edits of one call, of which all are stored, or none. */
export interface Save {
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
export const tablesOf = (saves: Save[]): string[] => [...entitiesOf(saves), 'outbox', 'base_rows', 'meta'];

/**
 * Stores saves in their order, inside the caller's transaction: one round for all that is read, one for all that is
 * written. A save that is refused leaves nothing behind and holds up no other.
 * @returns why each refused save was
 */
export async function writeSaves<S extends Save>(
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

/** What one save writes. A later edit of a record sees the earlier ones. */
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
export const entitiesOf = (saves: Save[]): EntityName[] => [
  ...new Set(saves.flatMap((save) => save.edits.map(({ entity }) => entity))),
];
