import { fold } from '$lib/ui/fold';
import type { Haystack } from '../lists/filter';
import { meantBy } from './typos';

/**
 * Many texts as one string each for words and digits, in which one `indexOf` skips everything that does not
 * match: at 50,000 records this is the fastest way to look into the middle of words.
 */
export class TextIndex {
  readonly #text: string;
  readonly #digits: string;
  readonly #textEnds: Uint32Array;
  readonly #digitEnds: Uint32Array;
  #vocabulary: Set<string> | undefined;

  constructor(private readonly rows: Haystack[]) {
    [this.#text, this.#textEnds] = joined(rows.map(({ text }) => text));
    [this.#digits, this.#digitEnds] = joined(rows.map(({ digits }) => digits));
  }

  /**
   * The numbers of the rows that a typed text stands for, in ascending order: all words, in any order, or
   * the digits of a phone number. Where there is none, slips of the finger are allowed for.
   */
  find(typed: string): number[] {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const digits = phoneDigits(typed);
    const byPhone = digits.length < 2 ? [] : matches(this.#digits, this.#digitEnds, digits);
    const byWords = this.#withAll(words.map((word) => [word]));
    if (byPhone.length + byWords.length === 0) return this.#withSlips(words);
    return byPhone.length === 0 ? byWords : [...new Set([...byPhone, ...byWords])].sort((a, b) => a - b);
  }

  /** The rows that hold one form of each word. The longest word is the rarest: it is looked for first. */
  #withAll(words: string[][]): number[] {
    const [rarest, ...others] = words.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
    if (!rarest) return [];
    const found = rarest.map((form) => matches(this.#text, this.#textEnds, form));
    const rows = found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())].sort((a, b) => a - b);
    if (others.length === 0) return rows;
    return rows.filter((row) =>
      others.every((forms) => forms.some((form) => this.rows[row]?.text.includes(form))),
    );
  }

  #withSlips(words: string[]): number[] {
    this.#vocabulary ??= wordsOf(this.rows);
    const vocabulary = this.#vocabulary;
    const forms = words.map((word) => (this.#text.includes(word) ? [word] : meantBy(word, vocabulary)));
    return forms.every((each) => each.length > 0) ? this.#withAll(forms) : [];
  }
}

/** The words that can be meant: those of names, not the parts of addresses. */
function wordsOf(rows: Haystack[]): Set<string> {
  const words = new Set<string>();
  for (const { text } of rows)
    for (const part of text.split(/[\s,;:/()"]+/))
      if (part.length > 2 && !words.has(part) && !/[\d@]/.test(part)) words.add(part);
  return words;
}

const phoneShape = /^[\d\s()+./-]*$/;

/** What is compared of a phone number: its digits without the trunk zero, so that 044 finds +41 44. */
const phoneDigits = (typed: string) =>
  phoneShape.test(typed) ? typed.replace(/\D/g, '').replace(/^0+/, '') : '';

function joined(texts: string[]): [string, Uint32Array] {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  texts.forEach((text, row) => (ends[row] = end += text.length + 1));
  return [texts.map((text) => `${text}\0`).join(''), ends];
}

/** The rows whose part of the joined text holds a word. */
function matches(text: string, ends: Uint32Array, word: string): number[] {
  const rows: number[] = [];
  let row = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, ends[row - 1])) {
    row = rowAt(ends, at, row);
    rows.push(row++);
  }
  return rows;
}

/** The first row at or after `from` that ends beyond a place; near ones are tried first. */
function rowAt(ends: Uint32Array, place: number, from: number): number {
  let low = from;
  let step = 1;
  while ((ends[low + step] ?? Infinity) <= place) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, ends.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
