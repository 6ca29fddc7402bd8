import { maxLength } from './max-length';

/** A sentence for the person if a text is too long, `undefined` if all fit. */
export function checkLengths(values: Record<string, unknown>): string | undefined {
  for (const [field, value] of Object.entries(values)) {
    const [most, length] = [maxLength(field), lengthOf(value)];
    if (length > most)
      return `This text has ${length.toLocaleString('en')} characters; at most ${most.toLocaleString('en')} can be saved. Nothing was changed, and your text is still here.`;
  }
  return undefined;
}

/** Lists have limits of their own. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return codePoints(value);
  return isObject(value) ? jsonLength(value) : 0;
}

/** Characters as Postgres counts them: an emoji is one. */
export const codePoints = (text: string): number => [...text].length;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The most characters that Postgres makes of a number with an exponent, which it writes out. */
const longestNumber = 330;

/** The length of the value's text in Postgres, which puts spaces between what it lists. */
function jsonLength(value: unknown): number {
  if (Array.isArray(value)) return listLength(value.map(jsonLength));
  if (isObject(value))
    return listLength(Object.entries(value).map(([key, each]) => jsonLength(key) + 2 + jsonLength(each)));
  const text = JSON.stringify(value) ?? '';
  return typeof value === 'number' && text.includes('e') ? longestNumber : codePoints(text);
}

/** Brackets around, and a comma and a space between. */
const listLength = (lengths: number[]): number =>
  lengths.reduce((sum, length) => sum + length, 2 + 2 * Math.max(0, lengths.length - 1));
