import { currentStore } from '$lib/store/current';

/** Whether this device has no contacts, companies or deals. */
export async function hasNoRecords(): Promise<boolean> {
  const counts = await Promise.all((['contacts', 'companies', 'deals'] as const).map(living));
  return counts.every((count) => count === 0);
}

/** One record if there are any: of thousands, it reads only the first. */
const living = (entity: 'contacts' | 'companies' | 'deals'): Promise<number> =>
  currentStore()
    .db.rows(entity)
    .filter(({ deleted_at }) => deleted_at === null)
    .limit(1)
    .count();
