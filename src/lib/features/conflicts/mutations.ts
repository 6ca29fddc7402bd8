import type { Conflict } from '$lib/entities/conflict';
import type { EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
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

/** Applies a change that could not be applied before: restores a deleted record with it, or sends it again. */
export async function applyAgain(conflict: Conflict): Promise<void> {
  const entity = conflict.entity as EntityName;
  const row = await one(entity, conflict.record_id);
  const values = conflict.patch ?? {};
  const op = conflict.kind === 'deleted' ? 'restore' : row ? 'update' : 'insert';
  const edit = { op, entity, id: conflict.record_id, values } as Edit;
  await mutate(currentStore(), [edit, closed(conflict, 'mine')], { group: true });
}

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
