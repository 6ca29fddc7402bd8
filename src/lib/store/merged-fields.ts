import { mergeField, type MergeRule } from '$lib/entities/merge';
import { registry, type Row } from '$lib/entities/registry';
import { synced } from '$lib/entities/fields';
import { same } from '$lib/entities/same';

/** The entities whose duplicates can become one record. */
export type Mergeable = 'contacts' | 'companies';

type Fields = Record<string, unknown>;
/** What no device writes. */
const serversOwn = ['merged_into', 'made_at'];
/** Whose record it is, and which import made it, is the survivor's matter. */
const survivorsOwn = ['owner_id', 'import_batch_id'];

/**
 * The fields that a merge changes in the survivor, as the server decides them: what was chosen, else the
 * survivor's own value; an empty one is filled from the merged records in their order, and sets unite.
 * @param choices by field, the id of the record whose value stays
 */
export function mergedFields<E extends Mergeable>(
  entity: E,
  survivor: Row<E>,
  merged: Row<E>[],
  choices: Record<string, string>,
): Partial<Row<E>> {
  const rules = registry[entity].rules as Record<string, MergeRule | undefined>;
  const values: Fields = {};
  for (const field of Object.keys(registry[entity].schema.shape)) {
    if (field in synced || serversOwn.includes(field)) continue;
    const own = Reflect.get(survivor, field) as unknown;
    const value = choices[field]
      ? valueOf([survivor, ...merged], choices[field], field)
      : survivorsOwn.includes(field)
        ? own
        : merged.reduce<unknown>((kept, row) => unite(rules[field], kept, Reflect.get(row, field)), own);
    if (!same(value, own)) values[field] = value;
  }
  return values as Partial<Row<E>>;
}

const valueOf = (rows: { id: string }[], id: string, field: string): unknown =>
  Reflect.get(rows.find((row) => row.id === id) ?? {}, field) ?? null;

function unite(rule: MergeRule | undefined, kept: unknown, other: unknown): unknown {
  if (rule === 'set' || rule === 'keyed_set') return mergeField(rule, [], other, kept).value;
  return kept === null || kept === '' ? other : kept;
}
