import * as z from 'zod/mini';
import { entityNames } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { sampleRows } from './sample-rows';

const keyOf = (userId: string) => `atomic-crm:sample:${userId}`;

const made = z.object({ entity: z.enum(entityNames), id: z.string() });
type Made = ReturnType<typeof sampleRows>['ids'];

/** The sample records that this person made on this device and has not removed. */
export function sampleMade(userId: string): Made {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap((each) => made.safeParse(each).data ?? []) : [];
  } catch {
    return [];
  }
}

/** Adds the sample records, all or none. @throws StoreError if nothing was stored */
export async function addSample(): Promise<void> {
  const store = currentStore();
  const { edits, ids } = sampleRows(store);
  await mutate(store, edits, { group: true });
  localStorage.setItem(keyOf(store.userId), JSON.stringify(ids));
}

/** Deletes the sample records that are still there, and nothing that people added. @throws StoreError */
export async function removeSample(): Promise<void> {
  const store = currentStore();
  const kept = sampleMade(store.userId);
  const rows = await Promise.all(kept.map(({ entity, id }) => store.db.rows(entity).get(id)));
  const there = kept.filter((_, index) => rows[index]?.deleted_at === null);
  await mutate(
    store,
    there.map(({ entity, id }) => ({ op: 'delete', entity, id })),
  );
  localStorage.removeItem(keyOf(store.userId));
}
