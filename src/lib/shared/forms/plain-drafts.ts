import type { PlainField } from '$lib/shared/forms/plain-fields';
import { dayProblem, storedDay } from '$lib/ui/day';
import { webAddress, type Problems } from './check';
import { shown, stored } from './text';

type Texts<Name extends string> = Record<Name, string>;
type Row<Name extends string> = Partial<Record<Name, string | null>>;

/** Adds the problems of plain fields. A value that the record already had is not checked. */
export function checkPlainFields<Name extends string>(
  fields: readonly PlainField<Name>[],
  draft: Texts<Name>,
  seen: Row<Name> | undefined,
  problems: Problems,
): void {
  for (const { field, control } of fields) {
    const typed = draft[field];
    if (typed === shown(seen?.[field]) || !typed.trim()) continue;
    const problem =
      control === 'link' && !webAddress(typed)
        ? 'Enter a valid web address, like www.example.com.'
        : control === 'day'
          ? dayProblem(typed)
          : undefined;
    if (problem) problems[field] = problem;
  }
}

/** The stored form of what a plain field holds. */
function storedPlain(control: PlainField['control'], typed: string): string | null {
  if (control === 'day') return storedDay(typed);
  return (control === 'link' && webAddress(typed)) || stored(typed);
}

/** The texts of a form, for a record or for a new one. Inputs hold no null. */
export const textsOf = <Name extends string>(fields: readonly Name[], row?: Row<Name>): Texts<Name> =>
  Object.fromEntries(fields.map((field) => [field, shown(row?.[field])])) as Texts<Name>;

/**
 * The texts that differ between two drafts, in their stored form. It leaves out fields that nobody edited, so trimming
 * never changes imported values.
 * @param plain the controls of those fields that are no plain text
 */
export function changedTexts<Name extends string>(
  fields: readonly Name[],
  draft: Texts<Name>,
  begun: Texts<Name>,
  plain: readonly PlainField[],
): Row<Name> {
  const controls = new Map(plain.map(({ field, control }) => [field, control]));
  return Object.fromEntries(
    fields
      .filter((field) => draft[field] !== begun[field])
      .map((field) => [field, storedPlain(controls.get(field) ?? 'text', draft[field])]),
  ) as Row<Name>;
}
