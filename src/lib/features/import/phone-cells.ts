import { isScientific, splitNumbers } from '$lib/ui/phone-digits';
import type { Cells } from './cells';

/** Google joins the values of one kind. */
const joint = /\s*:::\s*/;

/**
 * The phone numbers of a cell, each as it was written, without the signs that keep a spreadsheet from calculating with
 * them: `="044…"`, a leading apostrophe, direction marks. `undefined` if the cell has no number.
 */
export function numbersIn(cell: string): string[] | undefined {
  if (isScientific(cell)) return undefined;
  const numbers = cell.split(joint).map(unwrapped).flatMap(splitNumbers).filter(Boolean);
  return numbers.every((number) => /\p{Nd}/u.test(number)) ? numbers : undefined;
}

/** This includes 441112240.0, which a program writes if it took the number for a quantity. */
const unwrapped = (text: string): string =>
  text
    .replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '')
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'+(?=[\d+(])/, '')
    .replace(/\s*[;,|/]\s*(?:n\/a|null|none|nan|-+)$/i, '')
    .replace(/^(\d{7,15})\.0$/, '$1');

/** Reports numbers that a spreadsheet has rounded. They stay in the text. */
export function noteDamaged(cells: Cells): void {
  for (const cell of cells.all('phone'))
    if (isScientific(cell.value))
      cells.cannotRead(
        cell,
        'was damaged by a spreadsheet, which rounded the number. Format the column as text there and export it again',
      );
}
