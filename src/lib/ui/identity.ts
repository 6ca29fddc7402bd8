import { compactLegalForms } from './legal-forms';
import { plainSigns } from '$lib/text/plain-signs';

/**
 * The identity of a name: two names are the same if and only if their identities are equal. Case, the kinds of
 * apostrophes, dashes and spaces, and the dots of legal forms do not matter ("O’Brien" is "O'Brien", "Zin Co." is "ZIN
 * CO"). Everything else does: "José" is not "Jose". Use `fold` to find something by typed text.
 */
export function identity(name: string): string {
  const folded = /^[\0-_a-\x7f]*$/.test(name)
    ? name.toLowerCase()
    : casefold(plainSigns(name)).normalize('NFC');
  return compactLegalForms(folded.replace(/\s+/g, ' ').trim());
}

/** Whether two names are the same. */
export const sameName = (a: string, b: string): boolean => identity(a) === identity(b);

/** Full case folding. The dotless ı is a separate letter, which upper case would turn into an i. */
const casefold = (text: string): string =>
  text.replace(/[^ı]+/g, (part) => part.toLowerCase().toUpperCase().toLowerCase()).replace(/ς/g, 'σ');
