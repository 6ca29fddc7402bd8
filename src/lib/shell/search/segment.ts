import { fold } from '$lib/ui/fold';
import type { Entry } from './entry';
import { TextIndex, type Wanted } from './find';
import type { SearchHit } from './hit';
import { partsOf } from './typos';

/** A hit and how well it fits, 0 best. */
interface Ranked {
  hit: SearchHit;
  label: string;
  rank: number;
}

/** The better fit first, equal ones by label. */
export const byRank = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

/** Entries of one group that no longer change, in the order of their labels. */
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

  /** Whether a word occurs in a record that is still there; with `whole`, not only inside another word. */
  holds(word: string, isThere: (hit: SearchHit) => boolean, whole = false): boolean {
    let holds = false;
    this.#text.withWords([[word]], (row) => {
      const hit = this.hits[row];
      return (holds =
        hit !== undefined && isThere(hit) && (!whole || partsOf(this.#text.row(row).text).includes(word)));
    });
    return holds;
  }

  /** What it was made of. */
  entries(): Entry[] {
    return this.hits.map((hit, row) => ({ hit, found: this.#text.row(row) }));
  }

  /**
   * The best hits: whose label begins with the text, then whose label holds it or whose number ends with the
   * digits, then the others.
   * @param most how many are enough
   * @param isThere whether a hit still stands for its record
   */
  find({ text, words, digits }: Wanted, most: number, isThere: (hit: SearchHit) => boolean): Ranked[] {
    const found = new Map<number, number>();
    // Rows of one rank come in the order of their labels: once there are enough, no later one is better.
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

  /** The first row whose label does not stand before a text. */
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
