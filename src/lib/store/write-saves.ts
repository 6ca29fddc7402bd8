import type { EntityName, Row } from '$lib/entities/registry';
import type { CrmDatabase } from './database';
import type { Edit } from './mutate';
import { mutationOf } from './prepare';
import { applyMutation } from './rebase';
import type { BaseRow, Mutation, OutboxEntry } from './records';
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
export const tablesOf = (db: CrmDatabase, saves: Save[]) => [
  ...entitiesOf(saves).map((entity) => db.rows(entity)),
  db.outbox,
  db.base_rows,
];

/**
 * Stores saves in their order, inside the caller's transaction: one request for all that is read, one for
 * each table that is written. A save that is refused leaves nothing behind and holds up no other.
 * @returns why each refused save was
 */
export async function writeSaves<S extends Save>(store: Store, saves: S[]): Promise<Map<S, unknown>> {
  const { db } = store;
  const known = await readRows(db, saves);
  const written = nothing();
  const refused = new Map<S, unknown>();
  for (const save of saves) {
    try {
      const own = planSave(store, save, (key) => written.rows.get(key)?.row ?? known.rows.get(key) ?? null);
      for (const [key, base] of own.bases)
        if (!known.based.has(key) && !written.bases.has(key)) written.bases.set(key, base);
      for (const [key, row] of own.rows) written.rows.set(key, row);
      written.mutations.push(...own.mutations);
    } catch (cause) {
      refused.set(save, cause);
    }
  }
  const rows = [...written.rows.values()];
  await Promise.all([
    ...entitiesOf(saves).map((entity) => {
      const own = rows.filter((each) => each.entity === entity).map(({ row }) => row);
      return own.length > 0 && db.rows(entity).bulkPut(own as never);
    }),
    db.base_rows.bulkAdd([...written.bases.values()]),
    db.outbox.bulkAdd(
      written.mutations.map((mutation) => ({ ...mutation, state: 'pending' }) as OutboxEntry),
    ),
  ]);
  return refused;
}

/** What one save writes. A later edit of a record sees the earlier ones. */
function planSave(store: Store, { edits, group_id }: Save, rowOf: (key: string) => Row | null): Written {
  const own = nothing();
  for (const edit of sanitize(edits)) {
    const key = keyOf(edit);
    const row = own.rows.get(key)?.row ?? rowOf(key);
    const mutation = mutationOf(store, edit, row, group_id);
    if (!mutation) continue;
    const { entity, id } = edit;
    if (!own.bases.has(key)) own.bases.set(key, { entity, id, row });
    own.rows.set(key, { entity, row: applyMutation(row, mutation, store.userId) as Row });
    own.mutations.push(mutation);
  }
  return own;
}

async function readRows(db: CrmDatabase, saves: Save[]) {
  const edits = [...new Map(saves.flatMap((save) => save.edits).map((edit) => [keyOf(edit), edit])).values()];
  const [based, ...found] = await Promise.all([
    basedAmong(db, edits),
    ...entitiesOf(saves).map(async (entity) => {
      const ids = edits.filter((edit) => edit.entity === entity).map(({ id }) => id);
      const rows: (Row | undefined)[] = await db.rows(entity).bulkGet(ids);
      return rows.flatMap((row) => (row ? [[keyOf({ entity, id: row.id }), row] as const] : []));
    }),
  ]);
  return {
    rows: new Map<string, Row>(found.flat()),
    based: new Set(based.map(([entity, id]) => `${entity}/${id}`)),
  };
}

/** The records that have unsettled edits already, at least those among `edits`. */
async function basedAmong({ base_rows }: CrmDatabase, edits: Edit[]): Promise<RecordKey[]> {
  const records = edits.map(({ entity, id }): RecordKey => [entity, id]);
  if (edits.length >= many) {
    // Of the records that an import or a bulk edit makes, the ids stand close together: few others are between.
    const keys = await Promise.all(
      spansOf(records).map(([first, last]) =>
        base_rows.where(':id').between(first, last, true, true).primaryKeys(),
      ),
    );
    return keys.flat() as RecordKey[];
  }
  const bases = await base_rows.bulkGet(records);
  return bases.flatMap((base) => (base ? [[base.entity, base.id] as RecordKey] : []));
}

/** The entities that saves touch. */
export const entitiesOf = (saves: Save[]): EntityName[] => [
  ...new Set(saves.flatMap((save) => save.edits.map(({ entity }) => entity))),
];
