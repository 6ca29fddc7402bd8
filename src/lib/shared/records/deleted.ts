import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { deleted } from '$lib/store/read';

/** The records that have pages, and come back to them. */
export type Restorable = 'contacts' | 'companies' | 'deals';

/** The name a record's page shows; empty where its data has been blanked. */
export const nameOf = (row: Contact | Company | Deal): string =>
  'first_name' in row ? contactName(row) : (row.name ?? '');

/** The deleted records that still have their data, the newest first. */
export async function restorable(entity: Restorable): Promise<(Contact | Company | Deal)[]> {
  const rows: (Contact | Company | Deal)[] = await deleted(entity);
  return rows.filter(nameOf).sort((a, b) => Date.parse(b.deleted_at ?? '') - Date.parse(a.deleted_at ?? ''));
}

/** Brings a record back; one that was merged stands alone again. @throws StoreError where nothing was stored */
export const restore = (entity: Restorable, id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity, id }]);

/** Deletes a record; it can be restored until its data is blanked. What refers to it stays. @throws StoreError */
export const remove = (entity: Restorable, id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'delete', entity, id }]);
