import { fieldLabel } from '$lib/shared/records/field-label';
import { synced } from '$lib/entities/fields';
import { registry, type Row } from '$lib/entities/registry';
import type { Mergeable } from '$lib/store/merge-records';

/** One value of a field and the record that has it. */
interface Option {
  /** The first of the records that has it. */
  id: string;
  value: string;
}

/** A field in which the records have different values. */
export interface Difference {
  field: string;
  label: string;
  options: Option[];
}

const decidedElsewhere = ['merged_into', 'import_batch_id'];

/**
 * The fields to choose a value for: those with more than one value among the records. Lists are combined without a
 * choice.
 * @param without fields that this person may not choose
 */
export function differences(entity: Mergeable, rows: Row<Mergeable>[], without: string[] = []): Difference[] {
  const found: Difference[] = [];
  for (const field of Object.keys(registry[entity].schema.shape)) {
    if (field in synced || decidedElsewhere.includes(field) || without.includes(field)) continue;
    const options: Option[] = [];
    for (const row of rows) {
      const value: unknown = Reflect.get(row, field);
      if (typeof value === 'string' && value && !options.some((option) => option.value === value))
        options.push({ id: row.id, value });
    }
    if (options.length > 1) found.push({ field, label: fieldLabel(field), options });
  }
  return found;
}

/** The record whose value stays unless somebody chooses: the survivor, or else the first with a value. */
export const usual = (difference: Difference, survivor: string): string =>
  difference.options.find(({ id }) => id === survivor)?.id ?? difference.options[0]?.id ?? survivor;

/** The choices to send: those that differ from the default of the merge. */
export function choicesFrom(
  fields: Difference[],
  chosen: Record<string, string>,
  survivor: Row<Mergeable>,
): Record<string, string> {
  const values = fields.map((difference) => {
    const own: unknown = Reflect.get(survivor, difference.field);
    const value = difference.options.find(({ id }) => id === chosen[difference.field]) ?? {
      id: usual(difference, survivor.id),
      value: '',
    };
    return [difference.field, value.id, value.value !== own && value.id !== survivor.id] as const;
  });
  return Object.fromEntries(values.filter(([, , sent]) => sent).map(([field, id]) => [field, id]));
}
