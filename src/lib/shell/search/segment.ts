import { fold } from '$lib/text/fold';
import type { Entry } from './entry';
import { TextIndex, type Wanted } from './find';
import type { SearchHit } from './hit';
import { partsOf } from './typos';

/** A hit and its rank; 0 is the best. */
interface Ranked {
  hit: SearchHit;
  label: string;
  rank: number;
}

/** Compares by rank, then by label. */
export const byRank = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

/** Entries of one group that no longer change, sorted by label. */
export class Segment {
  readonly hits: SearchHit[];
  readonly #labels: string[];
  readonly #inLabels: TextIndex;
  readonly #text: TextIndex;

  constructor(entries: Entry[]) {
    const keyed = entries.map(({ hit, found }) => ({ hit, found, label: fold(hit.label) }));
    keyed.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
    this.hits = keyed.map(({ hit }) => hit);
    this.#labels = keyed.map(({ label }) => label);
    this.#inLabels = new TextIndex(this.#labels.map((text) => ({ text, digits: '' })));
    this.#text = new TextIndex(keyed.map(({ found }) => found));
  }

  /** Whether a word occurs in a record that still exists; with `whole`, only as a whole word. */
  holds(word: string, isThere: (hit: SearchHit) => boolean, whole = false): boolean {
    let holds = false;
    this.#text.withWords([[word]], (row) => {
      const hit = this.hits[row];
      return (holds =
        hit !== undefined && isThere(hit) && (!whole || partsOf(this.#text.row(row).text).includes(word)));
    });
    return holds;
  }

  /** The entries that it was made of. */
  entries(): Entry[] {
    return this.hits.map((hit, row) => ({ hit, found: this.#text.row(row) }));
  }

  /**
   * The best hits: first labels that begin with the text, then labels that contain it and numbers that end with the
   * digits, then the others.
   * @param most the number that is enough
   * @param isThere whether a hit still describes its record
   */
  find({ text, words, digits }: Wanted, most: number, isThere: (hit: SearchHit) => boolean): Ranked[] {
    const found = new Map<number, number>();
    // Rows of one rank are in the order of their labels, so once there are enough, no later one is better.
    const take = (row: number, rank: number): boolean => {
      const hit = this.hits[row];
      if (hit && !found.has(row) && isThere(hit)) found.set(row, rank);
      return found.size >= most;
    };
    const first = this.#firstFrom(text);
    for (let row = first; this.#labels[row]?.startsWith(text) && !take(row, 0); row++);
    if (found.size < most) this.#inLabels.withWords([[text]], (row) => take(row, 1));
    if (found.size < most) this.#text.withDigits(digits, (row) => take(row, 1), true);
    if (found.size < most) this.#text.withDigits(digits, (row) => take(row, 2));
    if (found.size < most) this.#text.withWords(words, (row) => take(row, 2));
    return [...found]
      .map(([row, rank]) => ({ hit: this.hits[row] as SearchHit, label: this.#labels[row] ?? '', rank }))
      .sort(byRank)
      .slice(0, most);
  }

  /** The first row whose label does not sort before a text. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.#labels.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#labels[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
