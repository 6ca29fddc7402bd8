import type { EntityName, Row } from '$lib/entities/registry';
import { checkLengths } from '$lib/entities/limits';
import { same } from '$lib/entities/same';
import { asStoreError, StoreError } from './errors';
import { announceWrite } from './writes';
import type { Mutation, OutboxEntry } from './records';
import { applyMutation } from './rebase';
import { sanitize } from './sanitize';
import type { Store } from './store';

type Values<E extends EntityName> = Partial<Row<E>>;

/** One save of one record. `seen` is the row as the person saw it when they began to edit. */
export type Edit<E extends EntityName = EntityName> = E extends EntityName
  ? | { op: 'insert'; entity: E; id: string; values: Values<E> }
    | { op: 'update'; entity: E; id: string; values: Values<E>; seen?: Row<E> | undefined }
    | { op: 'delete' | 'restore'; entity: E; id: string }
  : never;

/**
 * The only way anything is written: the rows as they will look and the mutations to send, in one
 * IndexedDB transaction. All edits of a call are stored, or none.
 * @param options.group true: the server applies all of them or none
 * @throws StoreError `too_long`, `storage_full`, `storage_unavailable`, `not_found`; nothing was stored then.
 */
export async function mutate(store: Store, edits: Edit[], options: { group?: boolean } = {}): Promise<void> {
  if (edits.length === 0) return;
  const group_id = options.group && edits.length > 1 ? store.newId() : undefined;
  const { db } = store;
  const tables = [...new Set(edits.map((edit) => edit.entity))].map((entity) => db.rows(entity));
  try {
    await db.transaction('rw', [...tables, db.outbox, db.base_rows], async () => {
      for (const edit of edits) await storeEdit(store, sanitize(edit), group_id);
    });
  } catch (cause) {
    throw asStoreError(cause);
  }
  announceWrite(store);
}

async function storeEdit(store: Store, edit: Edit, group_id: string | undefined): Promise<void> {
  const { db, userId } = store;
  const rows = db.rows(edit.entity);
  const row = (await rows.get(edit.id)) ?? null;
  if (!row && edit.op !== 'insert') throw new StoreError('not_found');
  const mutation = mutationOf(store, edit, row, group_id);
  if (!mutation) return;
  if (!(await db.base_rows.get([edit.entity, edit.id])))
    await db.base_rows.add({ entity: edit.entity, id: edit.id, row });
  await rows.put(applyMutation(row, mutation, userId) as never);
  await db.outbox.add({ ...mutation, state: 'pending' } as OutboxEntry);
}

/** The mutation of an edit; `undefined` where the edit changes nothing. */
function mutationOf(store: Store, edit: Edit, row: Row | null, group_id?: string): Mutation | undefined {
  const seen = ('seen' in edit ? edit.seen : undefined) ?? row;
  const values: Record<string, unknown> = ('values' in edit && edit.values) || {};
  const changed = Object.entries(values).filter(
    ([field, value]) => edit.op !== 'update' || !same(value, Reflect.get(seen ?? {}, field)),
  );
  if (edit.op === 'update' && changed.length === 0) return undefined;
  const patch = Object.fromEntries(changed.map(([field, value]) => [field, value ?? null]));
  const tooLong = checkLengths(patch);
  if (tooLong) throw new StoreError('too_long', tooLong);
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
  };
}

const pick = (row: object | null, fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, Reflect.get(row ?? {}, field) ?? null]));
