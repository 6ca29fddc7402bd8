import type { EntityName, Row } from '$lib/entities/registry';
import { commitSave } from './group-commit';
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
