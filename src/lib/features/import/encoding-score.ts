import { alphabets, type Region } from './alphabets';

const punctuation = /[’‘“”„–—«»…€£¥°®™§©·•¡¿ªº½\u00a0]/u;
const scripts = ['Latin', 'Cyrillic', 'Greek', 'Hebrew', 'Arabic', 'Thai'].map(
  (name) => new RegExp(`\\p{Script=${name}}`, 'u'),
);
const vowel = /[aeiouyæœøıаеёиоуыэюяіїєαεηιουωьъ]/u;

/**
 * Rates how much a text looks like one that people wrote, from about -3 to 1. A letter counts fully if it belongs to
 * the language that explains most of the text. A sign inside a word, a capital after a small letter, or two scripts in
 * one word count against it.
 * @param region the region that uses the encoding, and so its languages
 */
export function plausibility(lines: string[], region: Region): number {
  const letters = lines.map(lettersOf);
  const signs = lines.reduce((sum, line) => sum + signScore(line) + misfitScore(line, region), 0);
  const marked = lines.reduce((sum, line) => sum + beyondAscii(line).length, 0);
  if (marked === 0) return 0;
  const whole = covered(letters.flat(), region);
  const each = letters.reduce((sum, line) => sum + covered(line, region), 0);
  return (0.6 * whole + 0.4 * each + signs) / marked;
}

const beyondAscii = (text: string): string[] => text.match(/[^\0-\x7f]/gu) ?? [];
const lettersOf = (line: string): string[] => line.toLowerCase().match(/(?![\0-\x7f])[\p{L}\p{M}]/gu) ?? [];

/** The number of letters that belong to the best-matching language, weighted by how common the language is. */
const covered = (letters: string[], region: Region): number =>
  Math.max(
    ...alphabets[region].map(
      ({ letters: alphabet, share }) => letters.filter((letter) => alphabet.has(letter)).length * share,
    ),
  );

/** Letters that are unlikely because of the next letter, if another encoding has a letter that fits there. */
const misfits: [region: Region, pattern: RegExp][] = [
  // In Spanish and Portuguese: Peña, João, Camões. In Polish, Hungarian, Romanian and Czech: Gdańsk, Győr, Brăila, Zdeněk.
  ['western', /ñ(?![aeiouáéíóúü])|õ(?!e)|ã(?![eo]|s?(?![a-zà-ÿ]))/giu],
  ['western', /[ìù](?=[a-z])|(?<=[aeiou])ø/giu],
  ['central', /ń(?=[aeiouáéíóú])/giu],
  ['central', /(?<!\p{L})Ý/gu],
];

function misfitScore(line: string, region: Region): number {
  const found = misfits.filter(([of]) => of === region).flatMap(([, pattern]) => line.match(pattern) ?? []);
  return -0.3 * found.length;
}

function signScore(line: string): number {
  let score = 0;
  for (const [word] of line.matchAll(/[A-Za-z\x80-\u{10ffff}]+/gu)) {
    const signs = [...word];
    for (const [at, sign] of signs.entries())
      if (sign > '\x7f') score += scoreOf(sign, signs[at - 1] ?? '', signs[at + 1] ?? '');
    const inWord = scripts.filter((script) => script.test(word.replace(/[^\p{L}\p{M}]/gu, '')));
    if (inWord.length > 1) score -= signs.length;
  }
  return score;
}

function scoreOf(sign: string, before: string, after: string): number {
  if (/[\p{Cc}\p{Co}\p{Cn}\ufffd]/u.test(sign)) return -3;
  const isLetter = (text: string) => /\p{L}/u.test(text);
  if (/\p{M}/u.test(sign)) return 0;
  if (!isLetter(sign)) {
    if (isLetter(before) && isLetter(after) && !/[’·\u00a0]/u.test(sign)) return -1.5;
    return punctuation.test(sign) ? 0.6 : -0.5;
  }
  if (!before && !after) return -0.5;
  if (/\p{Lu}/u.test(sign) && /\p{Ll}/u.test(before)) return -1;
  if (/\p{Ll}/u.test(sign) && /\p{Lu}/u.test(after)) return -1;
  return isCrowded(sign, before, after) ? -0.3 : 0;
}

/** A consonant between two others, as if a vowel was read as another letter. Scripts without vowels have no case. */
const isCrowded = (...signs: string[]): boolean =>
  signs.every((sign) => /\p{Lu}|\p{Ll}/u.test(sign) && !vowel.test(sign.toLowerCase().normalize('NFD')));
