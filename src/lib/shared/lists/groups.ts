import { nameKey } from '$lib/text/name-key';
import { NameOrder } from './name-order';

export interface Group<T> {
  /** The part of the sort key that the rows share. Unlike the letter, no other group has it. */
  key: string;
  /** The heading above the rows. */
  letter: string;
  rows: T[];
}

/** The key of names that do not begin with a letter. */
const noLetter = '#';

/** The first part of a name in the sort order, so that a group and its place always agree. */
function bucketOf(name: string): string {
  const [first = ''] = nameKey(name);
  return /\p{L}/u.test(first) ? first : noLetter;
}

/** The letter under which a name is listed; `#` if it does not begin with one. */
export const letterOf = (name: string): string => bucketOf(name).toUpperCase();

/** Sorts by name, with `#` after all letters. It does not change `rows`. */
export function sortByName<T extends object>(rows: T[], nameOf: (row: T) => string): T[] {
  return new NameOrder<T>((row) => nameKey(nameOf(row))).of(rows);
}

/** Groups the rows by letter, in the order of the first row of each. */
export function letterGroups<T>(rows: T[], nameOf: (row: T) => string): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const row of rows) {
    const key = bucketOf(nameOf(row));
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { key, letter: key.toUpperCase(), rows: [row] });
  }
  return [...groups.values()];
}
