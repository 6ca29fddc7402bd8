import { fold } from './fold';

/**
 * The sort key of a name, compared by code units: without case and accents, numbers by their value, and names that do
 * not begin with a letter last. It is the same in every browser, unlike the order of a collator. Devices store these
 * keys, so a change of this function needs a new `sortKeyRule` (`src/lib/store/sort-keys.ts`).
 */
export function nameKey(name: string): string {
  const folded = fold(name).trimStart();
  const key = /\d/.test(folded) ? folded.replace(/\d+/g, (digits) => digits.padStart(12, '0')) : folded;
  return /^[a-z]/.test(folded) || /^\p{L}/u.test(folded) ? key : `\uffff${key}`;
}
