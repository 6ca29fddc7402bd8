import type { EntityName, Row } from '$lib/entities/registry';
import { currentStore } from './current';
import { readMeta } from './meta';
import { sortKey, sortKeyRule, type Keyed } from './sort-keys';

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

/**
 * The first rows of a list by their sort keys, at most `count`: neither archived deals nor completed tasks. It costs the
 * same however many rows there are.
 * @param prefix only rows whose keys begin with this text
 * @returns `undefined` while the keys of stored rows are being rebuilt
 */
export async function firstByKey<E extends Keyed>(
  entity: E,
  count: number,
  prefix = '',
): Promise<Row<E>[] | undefined> {
  const { db } = currentStore();
  const keys = await readMeta(db, 'sort_keys');
  if (keys?.rule !== sortKeyRule || keys.last) return undefined;
  // Dexie's `startsWith` ends before the names that begin with no letter.
  const rows = prefix ? db.rows(entity).where(sortKey).startsWith(prefix) : db.rows(entity).orderBy(sortKey);
  return rows.limit(count).toArray();
}

/** The living rows with these ids, in no particular order. */
export async function some<E extends EntityName>(entity: E, ids: string[]): Promise<Row<E>[]> {
  const rows = await currentStore().db.rows(entity).bulkGet(ids);
  return rows.filter((row) => row?.deleted_at === null) as Row<E>[];
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

/** The living rows whose indexed field holds `id`, or one of these ids. */
export async function referring<E extends EntityName>(
  entity: E,
  field: 'company_id' | 'principal_id' | 'contact_ids' | 'contact_id' | 'deal_id' | 'record_id',
  id: string | string[],
): Promise<Row<E>[]> {
  const where = currentStore().db.rows(entity).where(field);
  const rows = await (Array.isArray(id) ? where.anyOf(id) : where.equals(id)).distinct().toArray();
  return rows.filter((row) => row.deleted_at === null);
}
