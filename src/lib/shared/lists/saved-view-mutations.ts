import type { SavedView } from '$lib/entities/saved-view';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';

/** Stores a filter and sort order of a list under a name, for all of the person's devices. */
export async function saveView(
  entity: SavedView['entity'],
  name: string,
  query: SavedView['query'],
): Promise<void> {
  const store = currentStore();
  await mutate(store, [
    { op: 'insert', entity: 'saved_views', id: store.newId(), values: { entity, name, query } },
  ]);
}

/** Deletes a view. The records in it stay. */
export const deleteView = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'delete', entity: 'saved_views', id }]);

export const restoreView = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity: 'saved_views', id }]);
