import type { Row } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { undoMerge, mergeRecords, type Mergeable } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { one } from '$lib/store/read';

/**
 * Merges records into one of them.
 * @returns a function that undoes it: the merged records are separate again with the references that this device knew,
 *   and the remaining record is as before. Changes that somebody has made since stay.
 * @throws StoreError if nothing was stored
 */
export async function merge(
  entity: Mergeable,
  survivor: Row<Mergeable>,
  from: string[],
  choices: Record<string, string>,
): Promise<() => Promise<void>> {
  const { id } = survivor;
  const moved = await mergeRecords(currentStore(), { entity, id, from, choices });
  const merged = await one(entity, survivor.id);
  return async () => {
    const changed = Object.keys(survivor).filter(
      (field) =>
        !kept.includes(field) && !same(Reflect.get(survivor, field), Reflect.get(merged ?? survivor, field)),
    );
    const values = Object.fromEntries(changed.map((field) => [field, Reflect.get(survivor, field)]));
    const back = await Promise.all(
      moved.map(async ({ entity: referring, row }) => {
        const now = await one(referring, row.id);
        const own = now ? undoMerge(row, now, { entity, id, from }) : {};
        return { op: 'update', entity: referring, id: row.id, values: own };
      }),
    );
    // The merged ones come first: the server moves references to a merged record to the survivor.
    const edits = [
      ...from.map((merged) => ({ op: 'restore', entity, id: merged })),
      { op: 'update', entity, id, values, seen: merged },
      ...back.filter((edit) => Object.keys(edit.values).length > 0),
    ];
    await mutate(currentStore(), edits as Edit[]);
  };
}

/** The store sets these fields itself. */
const kept = ['version', 'updated_at', 'updated_by'];
