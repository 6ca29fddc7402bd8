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
 * Text as a finder compares it. Case, accents, and the kinds of apostrophes, dashes and spaces do not matter: "Łódź"
 * and "lodz" are equal, and so are "Trader Joe’s" and "trader joe's". Marks are taken off Latin, Greek and Cyrillic
 * letters only, because elsewhere they make another letter: バ is not ハ. Whether two names mean the same thing is for
 * `identity` to say.
 */
export function fold(text: string): string {
  // Most texts have nothing to take off, and normalizing is what costs.
  if (/^[\0-_a-\x7f]*$/.test(text)) return text.toLowerCase();
  return (
    casefold(plainSigns(text).normalize('NFKD'))
      .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
      .replace(/[łøæœđðþħŧŋ]/g, (letter) => letters[letter] ?? letter)
      .normalize('NFC')
      // Half a Korean syllable, as it is while somebody types, finds the whole one.
      .replace(/[가-힣]+/g, (syllables) => syllables.normalize('NFD'))
  );
}

/** All forms of a letter as one: ß is ss, the final ς is σ, and the sign µ is the letter μ. */
const casefold = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, 'σ');
