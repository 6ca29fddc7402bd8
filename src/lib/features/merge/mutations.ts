import type { Row } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { mergeRecords } from '$lib/store/merge-records';
import type { Mergeable } from '$lib/store/merged-fields';
import { mutate, type Edit } from '$lib/store/mutate';
import { one } from '$lib/store/read';

/**
 * Merges records into one of them.
 * @returns how to take it back: the merged records stand alone again, and the one that stayed is as it was.
 * What moved stays with it, since both sides' history is one by then.
 * @throws StoreError where nothing was stored
 */
export async function merge<E extends Mergeable>(
  entity: E,
  survivor: Row<E>,
  from: string[],
  choices: Record<string, string>,
): Promise<() => Promise<void>> {
  await mergeRecords(currentStore(), { entity, id: survivor.id, from, choices });
  const merged = await one(entity, survivor.id);
  return async () => {
    const changed = Object.keys(survivor).filter(
      (field) =>
        !kept.includes(field) && !same(Reflect.get(survivor, field), Reflect.get(merged ?? survivor, field)),
    );
    const values = Object.fromEntries(changed.map((field) => [field, Reflect.get(survivor, field)]));
    const edits = [
      ...from.map((id) => ({ op: 'restore', entity, id })),
      { op: 'update', entity, id: survivor.id, values, seen: merged },
    ];
    await mutate(currentStore(), edits as Edit[]);
  };
}

/** What the store sets by itself. */
const kept = ['version', 'updated_at', 'updated_by'];
