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
 * Resolves a field conflict with a value: one group changes the record and closes the conflict. With a stage, it also
 * sets the closing date and the reason. It restores a record that was deleted since.
 * @throws StoreError if it cannot be stored or its record is gone; the question stays open then
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
  // Earlier servers kept no closing date with the question.
  const { closed_at = created_at, ...kept } = patch ?? {};
  const closing = closingOf(value as Stage, String(closed_at ?? created_at));
  return { ...kept, stage: value, ...closing };
}

/**
 * Applies a change that could not be applied before: it restores a deleted record with the change, or repeats a refused
 * operation.
 * @throws StoreError if it cannot be stored or its record is gone; the question stays open then
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

/** Discards a change that could not be applied. The record stays as it is. */
export async function giveUp(conflict: Conflict): Promise<void> {
  await mutate(currentStore(), [closed(conflict, conflict.kind === 'deleted' ? 'theirs' : 'discarded')]);
}
