import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { deleted } from '$lib/store/read';

/** The entities with pages, whose records can be restored. */
export type Restorable = 'contacts' | 'companies' | 'deals';

/** The name on a record's page; empty if its data has been blanked. */
export const nameOf = (row: Contact | Company | Deal): string =>
  'first_name' in row ? contactName(row) : (row.name ?? '');

/** The deleted records that still have their data, newest first. */
export async function restorable(entity: Restorable): Promise<(Contact | Company | Deal)[]> {
  const rows: (Contact | Company | Deal)[] = await deleted(entity);
  return rows.filter(nameOf).sort((a, b) => Date.parse(b.deleted_at ?? '') - Date.parse(a.deleted_at ?? ''));
}

/** Restores a record. A merged record becomes separate again. @throws StoreError if nothing was stored */
export const restore = (entity: Restorable, id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity, id }]);

/** Deletes a record; it can be restored until its data is blanked. References to it stay. @throws StoreError */
export const remove = (entity: Restorable, id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'delete', entity, id }]);
