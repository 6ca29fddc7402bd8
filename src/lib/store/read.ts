import type { EntityName, Row } from '$lib/entities/registry';
import { currentStore } from './current';

/**
 * All living rows of an entity, in no particular order. The rows are shared by all who ask: never change one. A row
 * that did not change is the same object each time.
 */
export async function all<E extends EntityName>(entity: E): Promise<Row<E>[]> {
  const { db } = currentStore();
  // Tells a live query that it depends on the whole table; one row is enough to ask for.
  await db.rows(entity).limit(1).toArray();
  return db.living(entity).read();
}

/** Rows that were deleted and can still be restored. */
export async function deleted<E extends EntityName>(entity: E): Promise<Row<E>[]> {
  const rows = await currentStore().db.rows(entity).toArray();
  return rows.filter((row) => row.deleted_at !== null);
}

/** One row, deleted or not; `undefined` where this device has none. */
export function one<E extends EntityName>(entity: E, id: string): Promise<Row<E> | undefined> {
  return currentStore().db.rows(entity).get(id);
}

/** The living rows whose indexed field holds `id`. */
export async function referring<E extends EntityName>(
  entity: E,
  field: 'company_id' | 'principal_id' | 'contact_ids' | 'contact_id' | 'deal_id' | 'record_id',
  id: string,
): Promise<Row<E>[]> {
  const rows = await currentStore().db.rows(entity).where(field).equals(id).toArray();
  return rows.filter((row) => row.deleted_at === null);
}
