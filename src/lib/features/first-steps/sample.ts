import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/mutate';
import { sampleRows } from './sample-rows';

const keyOf = (userId: string) => `atomic-crm:sample:${userId}`;

type Made = ReturnType<typeof sampleRows>['ids'];

/** The sample records that this person made on this device and has not removed. */
export function sampleMade(userId: string): Made {
  try {
    return JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]') as Made;
  } catch {
    return [];
  }
}

/** Adds the sample records, all or none. @throws StoreError where nothing was stored */
export async function addSample(): Promise<void> {
  const store = currentStore();
  const { edits, ids } = sampleRows(store);
  await mutate(store, edits, { group: true });
  localStorage.setItem(keyOf(store.userId), JSON.stringify(ids));
}

/** Deletes the sample records that are still there, and nothing that people added. @throws StoreError */
export async function removeSample(): Promise<void> {
  const store = currentStore();
  const made = sampleMade(store.userId);
  const rows = await Promise.all(made.map(({ entity, id }) => store.db.rows(entity).get(id)));
  const there = made.filter((_, index) => rows[index]?.deleted_at === null);
  await mutate(
    store,
    there.map(({ entity, id }) => ({ op: 'delete', entity, id })),
  );
  localStorage.removeItem(keyOf(store.userId));
}
