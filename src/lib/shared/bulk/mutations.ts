import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { one } from '$lib/store/read';

/** The entities that support changing many records at once. */
export type BulkEntity = 'contacts' | 'companies' | 'deals';
export type Bulk = Contact | Company | Deal;

/** How many records changed, and how to undo it. */
export interface Done {
  count: number;
  undo: () => Promise<void>;
}

/**
 * Assigns records to a member, or to nobody. Records that the member already owns stay untouched.
 * @throws StoreError if nothing was stored
 */
export function assign(entity: BulkEntity, rows: Bulk[], owner: string | null): Promise<Done> {
  const changed = rows.filter(({ owner_id }) => owner_id !== owner);
  return change(
    changed.map(({ id }) => update(entity, id, { owner_id: owner })),
    async () => changed.map(({ id, owner_id }) => update(entity, id, { owner_id })),
  );
}

/** Adds a tag to the records that lack it. @throws StoreError if nothing was stored */
export function addTag(entity: BulkEntity, rows: Bulk[], tag: string): Promise<Done> {
  const changed = rows.filter(({ tags }) => !tags.includes(tag));
  return change(
    changed.map(({ id, tags }) => update(entity, id, { tags: [...tags, tag] })),
    async () => {
      const now = await Promise.all(changed.map(({ id }) => one(entity, id)));
      return now.flatMap((row) =>
        row ? update(entity, row.id, { tags: row.tags.filter((each) => each !== tag) }) : [],
      );
    },
  );
}

/** Deletes records; they can be restored until their data is blanked. @throws StoreError if nothing was stored */
export function remove(entity: BulkEntity, rows: Bulk[]): Promise<Done> {
  return change(
    rows.map(({ id }): Edit => ({ op: 'delete', entity, id })),
    async () => rows.map(({ id }): Edit => ({ op: 'restore', entity, id })),
  );
}

const update = (entity: BulkEntity, id: string, values: Partial<Bulk>) =>
  ({ op: 'update', entity, id, values }) as Edit;

/** Stores the edits. When a person undoes them, `back` makes the edits that do so. @throws StoreError */
export async function change(edits: Edit[], back: () => Promise<Edit[]>): Promise<Done> {
  await mutate(currentStore(), edits);
  return { count: edits.length, undo: async () => mutate(currentStore(), await back()) };
}
