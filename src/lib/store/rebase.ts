import { mergeFields } from '$lib/entities/merge-fields';
import { registry, type EntityName, type Row } from '$lib/entities/registry';
import type { Mutation } from '$lib/entities/mutation';

type Fields = Record<string, unknown>;

/**
 * Computes the row that the person sees: the server's row with the person's own unsettled mutations on top, in order.
 * A field that both sides changed shows the person's value until the server has decided.
 * @param row the server's copy, or null if the server has none
 * @returns null if the record exists nowhere
 */
export function rebase(row: Row | null, mutations: Mutation[], userId: string): Row | null {
  return mutations.reduce<Row | null>((current, mutation) => applyMutation(current, mutation, userId), row);
}

/** The row after one mutation; an update or delete of a row that does not exist changes nothing. */
export function applyMutation(row: Row | null, mutation: Mutation, userId: string): Row | null {
  const { entity, op, patch, occurred_at } = mutation;
  if (op === 'insert') return row ?? newRow(entity, mutation, userId);
  if (!row) return null;
  const touched = { ...row, updated_at: occurred_at, updated_by: userId };
  if (op === 'delete') return { ...touched, deleted_at: occurred_at };
  if (op === 'merge' && row.id !== mutation.id) return applyMerge(row, mutation, userId);
  const merged = mergePatch(entity, row, mutation.base, op === 'merge' ? (mutation.shows ?? {}) : patch);
  return { ...touched, ...merged, ...(op === 'restore' ? alive(row) : {}) } as Row;
}

/** A restored record stands alone again, whatever it was merged into. */
const alive = (row: Row) => ({ deleted_at: null, ...('merged_into' in row ? { merged_into: null } : {}) });

function mergePatch(entity: EntityName, row: Fields, base: Fields, patch: Fields): Fields {
  return Object.fromEntries(
    Object.entries(mergeFields(entity, base, patch, row)).map(([field, { value, conflict }]) => [
      field,
      conflict && field in patch && !Array.isArray(patch[field]) ? patch[field] : value,
    ]),
  );
}

function newRow(entity: EntityName, { id, patch, occurred_at }: Mutation, userId: string): Row {
  const { schema, defaults } = registry[entity];
  const empty = Object.fromEntries(Object.keys(schema.shape).map((field) => [field, null]));
  const made = 'made_at' in schema.shape ? { made_at: occurred_at } : {};
  const author = entity === 'notes' ? { author_id: userId, occurred_at } : {};
  return {
    ...empty,
    ...structuredClone(defaults),
    ...author,
    ...made,
    ...patch,
    id,
    version: 0,
    created_at: occurred_at,
    updated_at: occurred_at,
    created_by: userId,
    updated_by: userId,
    deleted_at: null,
  } as unknown as Row;
}

/** The fields that refer to a record of an entity. */
export const references: Partial<Record<EntityName, { one: string[]; many: string[] }>> = {
  companies: { one: ['company_id', 'principal_id'], many: [] },
  contacts: { one: ['contact_id'], many: ['contact_ids'] },
};

/** Applies a merge to a record other than the survivor: deletes a merged record, and updates a reference to it. */
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
