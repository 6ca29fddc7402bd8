import type { Deal } from '$lib/entities/deal';
import { maxLength } from '$lib/entities/max-length';
import type { PlainField } from '$lib/shared/forms/plain-fields';
import type { BuiltRow, Reading } from './built-row';
import type { Cells } from './cells';
import { codePoints } from '$lib/entities/limits';
import { splitTags } from '$lib/shared/forms/text';
import { isNothing } from './empty-cells';
import { formatCount } from '$lib/ui/format-count';
import { identity } from '$lib/ui/identity';
import { readDate } from './read-date';
import type { Target } from './targets';

/** Completes a record with its long text: the column for it, then all cells that no field took. */
export function withText(
  cells: Cells,
  field: 'background' | 'description',
  record: (text: string | null) => BuiltRow,
): BuiltRow {
  const texts = cells.all('background');
  cells.take(...texts);
  const text = [...texts.map(({ value }) => value), ...cells.lines()].join('\n');
  if (text.length > maxLength(field))
    return {
      kind: 'problem',
      reason: `Its text has ${formatCount(text.length)} characters in total; at most ${formatCount(maxLength(field))} can be saved.`,
    };
  return record(text || null);
}

/**
 * Google joins labels with `:::` and puts a star before those of the system. Others join tags with commas, semicolons
 * or bars. Text in quotation marks is one tag.
 */
export function tagsOf(cells: Cells): string[] {
  const tags = new Map<string, string>();
  for (const cell of cells.all('tags')) {
    const value = withoutBrackets(cell.value);
    const bare = value.replace(/"(?:[^"]|"")*"/g, '');
    const isGoogles = bare.includes(':::') || /^\*\s/.test(bare);
    const parts = isGoogles
      ? splitTags(value, ':::').map((part) => part.replace(/^\*\s*/, '').trim())
      : splitTags(value, '[,;|\\n，；、]');
    const found = parts.filter((part) => part && !isNothing(part, 'tags'));
    if (found.some((tag) => codePoints(tag) > maxLength('tag'))) {
      cells.cannotRead(cell, 'has a tag longer than 300 characters');
      continue;
    }
    cells.take(cell);
    for (const tag of found) if (!tags.has(identity(tag))) tags.set(identity(tag), tag);
  }
  return [...tags.values()];
}

/** Programs write lists as `["a", "b"]`, `['a', 'b']` and `{a,b}`. A single tag may be called "[draft]". */
function withoutBrackets(text: string): string {
  const [inside] = /(?<=^\s*[[{])[^[\]{}]*(?=[\]}]\s*$)/.exec(text) ?? [];
  if (inside === undefined || !/["',]|^$/.test(inside)) return text;
  return inside.replace(/(?<=^|,)\s*'([^']*)'\s*(?=,|$)/g, '"$1"');
}

/** A letter from A to D. Anything else stays in the text. */
export function priorityOf(cells: Cells): Deal['priority'] {
  const [cell] = cells.all('priority');
  const letter = cell?.value.trim().toUpperCase();
  if (!cell || (letter !== 'A' && letter !== 'B' && letter !== 'C' && letter !== 'D')) return null;
  cells.take(cell);
  return letter;
}

/** The day in a cell. An unreadable day is listed and never guessed. */
export function dayOf(cells: Cells, target: Target, { order }: Reading): string | null {
  const [cell] = cells.all(target);
  const date = cell && readDate(cell.value, order);
  if (cell && date?.kind === 'read') {
    cells.take(cell);
    return date.day;
  }
  if (cell && date)
    cells.cannotRead(cell, date.kind === 'unreadable' ? date.reason : 'could mean two different dates');
  return null;
}

/** The plain fields that a file has columns for. A link of a file has a rule of its own. */
export function plainValues<Name extends Target>(
  cells: Cells,
  fields: readonly PlainField<Name>[],
  reading: Reading,
): Partial<Record<Name, string | null>> {
  return Object.fromEntries(
    fields
      .filter(({ header }) => header)
      .map(({ field, control }) => [
        field,
        control === 'day' ? dayOf(cells, field, reading) : cells.text([field], ', '),
      ]),
  ) as Partial<Record<Name, string | null>>;
}
