import { plainSigns } from './plain-signs';

const letters: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};

/**
 * The form of a text for finding. Case, accents, and the kinds of apostrophes, dashes and spaces do not matter: "Łódź"
 * and "lodz" are equal, and so are "Trader Joe’s" and "trader joe's". It removes marks only from Latin, Greek and
 * Cyrillic letters, because elsewhere they make another letter: バ is not ハ. Use `identity` to decide whether two names
 * are the same.
 */
export function fold(text: string): string {
  // Most texts have no marks to remove, and normalizing is expensive.
  if (/^[\0-_a-\x7f]*$/.test(text)) return text.toLowerCase();
  return (
    casefold(plainSigns(text).normalize('NFKD'))
      .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
      .replace(/[łøæœđðþħŧŋ]/g, (letter) => letters[letter] ?? letter)
      .normalize('NFC')
      // An incomplete Korean syllable, as it is while somebody types, finds the complete one.
      .replace(/[가-힣]+/g, (syllables) => syllables.normalize('NFD'))
  );
}

/** Unifies the forms of a letter: ß is ss, the final ς is σ, and the sign µ is the letter μ. */
const casefold = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, 'σ');
