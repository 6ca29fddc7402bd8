import { checkLengths } from '$lib/entities/limits';
import { checkValues } from '$lib/entities/check-values';
import type { Row } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import { StoreError } from './errors';
import type { Edit } from './mutate';
import type { Mutation } from './records';
import type { Store } from './store';

/**
 * The mutation of an edit; `undefined` where the edit changes nothing.
 * @param row the row as it looks on this device, null where there is none
 * @param known_at the newest time of the server that this device knows
 * @throws StoreError `not_found`, `too_long`, `invalid_value`
 */
export function mutationOf(
  store: Store,
  edit: Edit,
  row: Row | null,
  { group_id, known_at }: Pick<Mutation, 'group_id' | 'known_at'> = {},
): Mutation | undefined {
  if (!row && edit.op !== 'insert') throw new StoreError('not_found');
  const seen = ('seen' in edit ? edit.seen : undefined) ?? row;
  const values: Record<string, unknown> = ('values' in edit && edit.values) || {};
  const changed = Object.entries(values).filter(
    ([field, value]) => edit.op !== 'update' || !same(value, Reflect.get(seen ?? {}, field)),
  );
  if (edit.op === 'update' && changed.length === 0) return undefined;
  const patch = Object.fromEntries(changed.map(([field, value]) => [field, value ?? null]));
  const tooLong = checkLengths(patch);
  if (tooLong) throw new StoreError('too_long', tooLong);
  const wrong = checkValues(edit.entity, patch);
  if (wrong) throw new StoreError('invalid_value', wrong);
  const base = edit.op === 'insert' ? {} : pick(seen, Object.keys(patch));
  return {
    mutation_id: store.newId(),
    ...(group_id ? { group_id } : {}),
    entity: edit.entity,
    id: edit.id,
    op: edit.op,
    base_version: seen?.version ?? 0,
    base,
    patch,
    occurred_at: store.now().toISOString(),
    ...(known_at ? { known_at } : {}),
  };
}

const pick = (row: object | null, fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, Reflect.get(row ?? {}, field) ?? null]));
