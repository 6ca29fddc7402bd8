import type { Conflict } from '$lib/entities/conflict';
import type { EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { mergeRecords } from '$lib/store/merge-records';
import type { Mergeable } from '$lib/store/merged-fields';
import { mutate, type Edit } from '$lib/store/mutate';
import { one } from '$lib/store/read';

export type Resolution = 'mine' | 'theirs' | 'edited' | 'discarded';

/** Settles a field conflict with a value: the record gets it and the conflict is closed, together. */
export async function resolveField(
  conflict: Conflict,
  resolution: Resolution,
  value?: unknown,
): Promise<void> {
  const entity = conflict.entity as EntityName;
  const field = conflict.field ?? '';
  const edits: Edit[] = [closed(conflict, resolution)];
  if (resolution !== 'theirs' && (await one(entity, conflict.record_id)))
    edits.push({ op: 'update', entity, id: conflict.record_id, values: { [field]: value } } as Edit);
  await mutate(currentStore(), edits, { group: true });
}

/**
 * Applies a change that could not be applied before: restores a deleted record with it, or does once more what was
 * refused.
 * @throws StoreError where it cannot be stored, or its record is gone; the question stays open then
 */
export async function applyAgain(conflict: Conflict): Promise<void> {
  const store = currentStore();
  const { record_id: id, patch } = conflict;
  const entity = conflict.entity as EntityName;
  const refused = refusedOperation(conflict);
  if (refused === 'merge') {
    const { from, choices } = { from: [], choices: {}, ...patch };
    // First the merge: cut off between the two, the question is asked again.
    await mergeRecords(store, { entity: entity as Mergeable, id, from, choices });
    return mutate(store, [closed(conflict, 'mine')]);
  }
  const row = await one(entity, id);
  const again = refused === 'delete' || refused === 'restore' ? refused : row ? 'update' : 'insert';
  const op = conflict.kind === 'deleted' ? 'restore' : again;
  const edit = { op, entity, id, values: patch ?? {} } as Edit;
  await mutate(store, [edit, closed(conflict, 'mine')], { group: true });
}

/** What a change that was refused as a whole would have done. */
export const refusedOperation = (conflict: Conflict): unknown => conflict.error?.op;

/** Gives up a change that could not be applied; the record stays as it is. */
export async function giveUp(conflict: Conflict): Promise<void> {
  await mutate(currentStore(), [closed(conflict, conflict.kind === 'deleted' ? 'theirs' : 'discarded')]);
}

const closed = (conflict: Conflict, resolution: Resolution): Edit => ({
  op: 'update',
  entity: 'conflicts',
  id: conflict.id,
  values: { resolved_at: currentStore().now().toISOString(), resolution },
});
