import { currentStore } from '$lib/store/current';

/** Whether there is no contact, company or deal, as far as this device knows. */
export async function hasNoRecords(): Promise<boolean> {
  const counts = await Promise.all((['contacts', 'companies', 'deals'] as const).map(living));
  return counts.every((count) => count === 0);
}

/** One where there are any: of thousands, only the first is read. */
const living = (entity: 'contacts' | 'companies' | 'deals'): Promise<number> =>
  currentStore()
    .db.rows(entity)
    .filter(({ deleted_at }) => deleted_at === null)
    .limit(1)
    .count();
