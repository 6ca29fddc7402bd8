import { slipsToBeginnings } from '$lib/ui/edit-distance';

/** Words that can be meant, and the letters in each. */
export interface Vocabulary {
  words: string[];
  letters: Uint32Array;
}

/** The words that can be meant: words of names, not the parts of addresses. */
export function wordsOf(texts: Iterable<string>): Vocabulary {
  const words = new Set<string>();
  for (const text of texts)
    for (const part of partsOf(text))
      if (part.length > 2 && !words.has(part) && !/[\d@]|\.\w/.test(part)) words.add(part);
  return { words: [...words], letters: Uint32Array.from(words, lettersOf) };
}

/** The words of a text, and parts of addresses. */
export const partsOf = (text: string): string[] => text.split(/[\s,;:/()"]+/);

/** The letters of a word as bits. Letters that are far apart share a bit. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let place = 0; place < word.length; place++) letters |= 1 << (word.charCodeAt(place) & 31);
  return letters >>> 0;
}

/** Whether more than `allowed` letters are set. */
function hasMore(letters: number, allowed: number): boolean {
  let count = 0;
  for (let rest = letters; rest !== 0; rest &= rest - 1) if (++count > allowed) return true;
  return false;
}

/** The number of typos that a word may have. A short word may have none, or everything would match. */
const slipsIn = (word: string): number =>
  word.length < 4 || word.length > longest ? 0 : word.length < 8 ? 1 : 2;

/**
 * The words that were most likely meant: the words of the vocabularies with the fewest typos, at most `most`. A typo is
 * an extra, missing or wrong letter, or two swapped letters. A word may continue after the typed text.
 * @param isThere whether a word of the vocabularies still occurs in some text
 */
export function meantBy(
  word: string,
  vocabularies: Vocabulary[],
  isThere: (candidate: string) => boolean,
  most = 4,
): string[] {
  const allowed = slipsIn(word);
  if (allowed === 0) return [];
  const found = new Map<string, number>();
  const consider = (candidate: string) => {
    if (candidate.length < word.length - allowed) return;
    // Nearly everybody types the first or the second letter correctly.
    if (candidate[0] !== word[0] && candidate[1] !== word[1] && candidate[0] !== word[1]) return;
    const slips = slipsBetween(word, candidate, allowed);
    if (slips <= allowed && isThere(candidate)) found.set(candidate, slips);
  };
  const letters = lettersOf(word);
  for (const vocabulary of vocabularies)
    for (const [index, candidate] of vocabulary.words.entries())
      // Each letter that a candidate lacks is a typo, which rules out nearly all candidates.
      if (!hasMore(letters & ~(vocabulary.letters[index] ?? 0), allowed)) consider(candidate);
  const least = Math.min(...found.values());
  return [...found]
    .filter(([, slips]) => slips === least)
    .map(([candidate]) => candidate)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, most);
}

/** The slips between a typed word and the nearest beginning of a candidate. Above `allowed`, the number may be inexact. */
const slipsBetween = (typed: string, candidate: string, allowed: number): number =>
  slipsToBeginnings(typed, candidate, allowed)?.reduce((least, slips) => Math.min(least, slips)) ??
  allowed + 1;

// Longer words are not compared.
const longest = 40;
