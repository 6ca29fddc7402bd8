import { nameKey } from '$lib/text/name-key';
import { pause } from './in-pieces';

/** So many new rows are sorted in within a few ms. */
const rowsAtOnce = 2_000;

interface Keyed<T> {
  row: T;
  key: string;
}

/**
 * Sorts rows by name and keeps the order between calls, so it sorts in only new rows. A row with a changed name must be
 * another object.
 * @param keyOf the sort key of a row, compared by code units
 */
export class NameOrder<T extends object> {
  #keyed: Keyed<T>[] = [];
  #placed = new Set<T>();

  constructor(private readonly keyOf: (row: T) => string) {}

  /** The rows in order. Rows with equal names keep their order. It does not change `rows`. */
  of(rows: readonly T[]): T[] {
    const now = new Set(rows);
    this.#add(rows);
    if (now.size !== this.#keyed.length) this.#keyed = this.#keyed.filter(({ row }) => now.has(row));
    this.#placed = now;
    return this.#keyed.map(({ row }) => row);
  }

  /** The same as `of`, but many new rows are sorted in piece by piece, so that the page can paint in between. */
  async ofMany(rows: readonly T[]): Promise<T[]> {
    const added = rows.filter((row) => !this.#placed.has(row));
    for (let from = 0; from + rowsAtOnce < added.length; from += rowsAtOnce) {
      this.#add(added.slice(from, from + rowsAtOnce));
      await pause();
    }
    return this.of(rows);
  }

  #add(rows: readonly T[]): void {
    const added: Keyed<T>[] = [];
    for (const row of rows) {
      if (this.#placed.has(row)) continue;
      this.#placed.add(row);
      added.push({ row, key: this.keyOf(row) });
    }
    added.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    if (added.length > 0) this.#keyed = merged(this.#keyed, added);
  }
}

function merged<T>(a: Keyed<T>[], b: Keyed<T>[]): Keyed<T>[] {
  const all: Keyed<T>[] = [];
  let next = 0;
  for (const each of a) {
    for (let other = b[next]; other && other.key < each.key; other = b[++next]) all.push(other);
    all.push(each);
  }
  for (; next < b.length; next++) all.push(b[next] as Keyed<T>);
  return all;
}

/** The key of a name's place among names that may be equal, in the order of the stored keys: the older record first. */
export const uniqueNameKey = (name: string, id: string): string => `${nameKey(name)}\0${id}`;
