import type { EntityName, Row } from '$lib/entities/registry';
import type { Mutation } from './records';

/** The fields that refer to a record of an entity. */
export const references: Partial<Record<EntityName, { one: string[]; many: string[] }>> = {
  companies: { one: ['company_id', 'principal_id'], many: [] },
  contacts: { one: ['contact_id'], many: ['contact_ids'] },
};

/** What a merge does to any record but the survivor: a merged one goes, a reference to it follows. */
export function applyMerge(
  row: Row,
  { entity, id, patch, occurred_at }: Pick<Mutation, 'entity' | 'id' | 'patch' | 'occurred_at'>,
  userId: string,
): Row {
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
