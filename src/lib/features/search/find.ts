import { fold } from '$lib/ui/fold';
import type { Haystack } from '../lists/filter';

/** What was typed, taken apart: all words must occur, in any order, or the digits of a phone number. */
export interface Wanted {
  /** The whole text, folded. */
  text: string;
  /** The forms of each word of which one must occur: one, or several where slips of the finger are allowed for. */
  words: string[][];
  digits: string;
}

const phoneShape = /^[\d\s()+./-]*$/;

/** What is looked for when a text is typed. Of a phone number the trunk zero is left out, so that 044 finds +41 44. */
export function wantedBy(typed: string): Wanted {
  const text = fold(typed.trim());
  const digits = phoneShape.test(typed) ? typed.replace(/\D/g, '').replace(/^0+/, '') : '';
  const words = text.split(/\s+/).filter(Boolean);
  return { text, words: words.map((word) => [word]), digits: digits.length < 2 ? '' : digits };
}

/**
 * Many texts as one string each for words and digits, in which one `indexOf` skips everything that does not
 * match: at 50,000 records this is the fastest way to look into the middle of words.
 */
export class TextIndex {
  readonly #text: string;
  readonly #digits: string;
  readonly #textEnds: Uint32Array;
  readonly #digitEnds: Uint32Array;

  constructor(rows: Haystack[]) {
    [this.#text, this.#textEnds] = joined(rows.map(({ text }) => text));
    [this.#digits, this.#digitEnds] = joined(rows.map(({ digits }) => digits));
  }

  /** What one row is found by. */
  row(row: number): Haystack {
    return { text: this.#textOf(row), digits: part(this.#digits, this.#digitEnds, row) };
  }

  /** Whether a word occurs anywhere. */
  holds(word: string): boolean {
    return this.#text.includes(word);
  }

  /** Visits in ascending order the numbers of the rows that hold all words, until `visit` answers true. */
  withWords(words: string[][], visit: (row: number) => boolean): void {
    // The longest word is the rarest: it is looked for first.
    const [rarest, ...others] = words.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
    if (!rarest) return;
    const hasOthers = (row: number) => {
      const text = others.length > 0 ? this.#textOf(row) : '';
      return others.every((forms) => forms.some((form) => text.includes(form)));
    };
    const [only, ...more] = rarest;
    if (only && more.length === 0)
      return each(this.#text, this.#textEnds, only, (row) => hasOthers(row) && visit(row));
    const rows = new Set<number>();
    for (const form of rarest) each(this.#text, this.#textEnds, form, (row) => rows.add(row).size === 0);
    for (const row of [...rows].sort((a, b) => a - b)) if (hasOthers(row) && visit(row)) return;
  }

  #textOf(row: number): string {
    return part(this.#text, this.#textEnds, row);
  }

  /**
   * Visits the rows one of whose numbers holds the digits, until `visit` answers true.
   * @param visit told whether the number ends with them
   */
  withDigits(digits: string, visit: (row: number, atEnd: boolean) => boolean): void {
    each(this.#digits, this.#digitEnds, digits, (row) => {
      const numbers = part(this.#digits, this.#digitEnds, row);
      return visit(row, `${numbers}\n`.includes(`${digits}\n`));
    });
  }
}

function joined(texts: string[]): [string, Uint32Array] {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  texts.forEach((text, row) => (ends[row] = end += text.length + 1));
  return [texts.map((text) => `${text}\0`).join(''), ends];
}

const part = (text: string, ends: Uint32Array, row: number) =>
  text.slice(ends[row - 1] ?? 0, (ends[row] ?? 1) - 1);

/** Visits the rows whose part of the joined text holds a word, until `visit` answers true. */
function each(text: string, ends: Uint32Array, word: string, visit: (row: number) => boolean): void {
  let row = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, ends[row - 1])) {
    row = rowAt(ends, at, row);
    if (visit(row++)) return;
  }
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
