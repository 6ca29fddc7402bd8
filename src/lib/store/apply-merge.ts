import type { EntityName, Row } from '$lib/entities/registry';
import type { Mutation } from './records';

const references: Partial<Record<EntityName, { one: string[]; many: string[] }>> = {
  companies: { one: ['company_id', 'principal_id'], many: [] },
  contacts: { one: ['contact_id'], many: ['contact_ids'] },
};

/** What a merge does to any record but the survivor: a merged one goes, a reference to it follows. */
export function applyMerge(row: Row, { entity, id, patch, occurred_at }: Mutation, userId: string): Row {
  const from = patch.from as string[];
  if (from.includes(row.id)) {
    const gone = { deleted_at: occurred_at, merged_into: id, updated_at: occurred_at, updated_by: userId };
    return row.deleted_at ? row : ({ ...row, ...gone } as Row);
  }
  const { one = [], many = [] } = references[entity] ?? {};
  const moved: Record<string, unknown> = { ...row };
  const follow = (value: unknown) => (from.includes(value as string) ? id : value);
  for (const field of one) if (field in moved) moved[field] = follow(moved[field]);
  for (const field of many)
    if (Array.isArray(moved[field])) moved[field] = [...new Set(moved[field].map(follow))];
  return moved as unknown as Row;
}

/**
 * The fields that take back what a merge did to a record that refers to the merged ones: each reference that still
 * leads to the survivor leads to where it led before.
 */
export function undoMerge(
  before: Row,
  now: Row,
  { entity, id, from }: { entity: EntityName; id: string; from: string[] },
): Record<string, unknown> {
  const { one = [], many = [] } = references[entity] ?? {};
  const [was, is] = [before, now].map((row) => row as unknown as Record<string, unknown>);
  const values: Record<string, unknown> = {};
  for (const field of one)
    if (from.includes(was?.[field] as string) && is?.[field] === id) values[field] = was?.[field];
  for (const field of many) {
    const [old, kept] = [was?.[field], is?.[field]];
    if (!Array.isArray(old) || !Array.isArray(kept) || !kept.includes(id)) continue;
    const back = old.filter((each) => from.includes(each as string));
    const stays = kept.filter((each) => each !== id || old.includes(id));
    if (back.length > 0) values[field] = [...new Set([...stays, ...back])];
  }
  return values;
}
