import type { Conflict } from '$lib/entities/conflict';
import type { Stage } from '$lib/entities/deal';
import type { EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { one } from '$lib/store/read';
import { closingOf } from '$lib/shared/pipeline/closing';
import { mergeAgain } from './merge-again';
import { closed, refusedOperation, type Resolution } from './decision';

/**
 * Settles a field conflict with a value: the record gets it and the conflict is closed, together. A deal's stage brings
 * its closing date and its reason along. A record that was deleted since comes back with the value.
 * @throws StoreError where it cannot be stored, or its record is gone; the question stays open then
 */
export async function resolveField(
  conflict: Conflict,
  resolution: Resolution,
  value?: unknown,
): Promise<void> {
  const edits: Edit[] = [closed(conflict, resolution)];
  if (resolution !== 'theirs') {
    const entity = conflict.entity as EntityName;
    const row = await one(entity, conflict.record_id);
    if (!row) throw new StoreError('not_found');
    const op = row.deleted_at ? 'restore' : 'update';
    edits.push({ op, entity, id: row.id, values: valuesOf(conflict, value) } as Edit);
  }
  await mutate(currentStore(), edits, { group: true });
}

function valuesOf({ entity, field, patch, created_at }: Conflict, value: unknown): Record<string, unknown> {
  if (entity !== 'deals' || field !== 'stage') return { [field ?? '']: value };
  // Servers of earlier releases kept no closing date with the question.
  const { closed_at = created_at, ...kept } = patch ?? {};
  const closing = closingOf(value as Stage, String(closed_at ?? created_at));
  return { ...kept, stage: value, ...closing };
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
  const operation = refusedOperation(conflict);
  if (operation === 'merge') return mergeAgain(store, conflict);
  const row = await one(entity, id);
  const op = conflict.kind === 'deleted' ? 'restore' : again(operation, row);
  const edit = { op, entity, id, values: patch ?? {} } as Edit;
  await mutate(store, [edit, closed(conflict, 'mine')], { group: true });
}

function again(operation: unknown, row: { deleted_at: string | null } | undefined): Edit['op'] {
  if (operation === 'delete' || operation === 'restore') return operation;
  if (!row) return 'insert';
  return row.deleted_at ? 'restore' : 'update';
}

/** Gives up a change that could not be applied; the record stays as it is. */
export async function giveUp(conflict: Conflict): Promise<void> {
  await mutate(currentStore(), [closed(conflict, conflict.kind === 'deleted' ? 'theirs' : 'discarded')]);
}
