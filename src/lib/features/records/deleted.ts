import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import { currentStore } from '$lib/store/current';
import type { Mergeable } from '$lib/store/merged-fields';
import { mutate } from '$lib/store/mutate';
import { deleted } from '$lib/store/read';

/** The deleted records that still have their data, the newest first. */
export async function restorable(entity: Mergeable): Promise<(Contact | Company)[]> {
  const rows: (Contact | Company)[] = await deleted(entity);
  return rows
    .filter((row) => ('name' in row ? row.name : contactName(row)))
    .sort((a, b) => Date.parse(b.deleted_at ?? '') - Date.parse(a.deleted_at ?? ''));
}

/** Brings a record back; one that was merged stands alone again. @throws StoreError where nothing was stored */
export const restore = (entity: Mergeable, id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity, id }]);
