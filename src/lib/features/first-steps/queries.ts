import { currentStore } from '$lib/store/current';

/** Whether nobody has added any contact, company or deal yet, as far as this device knows. */
export async function hasNoRecords(): Promise<boolean> {
  const { db } = currentStore();
  const tables = [db.rows('contacts'), db.rows('companies'), db.rows('deals')];
  const counts = await Promise.all(tables.map((table) => table.limit(1).count()));
  return counts.every((count) => count === 0);
}
