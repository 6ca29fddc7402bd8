import { NameOrder, nameKey } from './name-order';

export interface Group<T> {
  /** What the rows have in common in the order of names; unlike the letter, no other group has it. */
  key: string;
  /** What stands above the rows. */
  letter: string;
  rows: T[];
}

/** The place of names that begin with no letter. */
const noLetter = '#';

/** What a name begins with in the order of names, so that a group and its place in that order never disagree. */
function bucketOf(name: string): string {
  const [first = ''] = nameKey(name);
  return /\p{L}/u.test(first) ? first : noLetter;
}

/** The letter that a name is listed under; `#` for names that begin with none. */
export const letterOf = (name: string): string => bucketOf(name).toUpperCase();

/** Sorted by name, `#` after all letters. Leaves `rows` as they are. */
export function sortByName<T extends object>(rows: T[], nameOf: (row: T) => string): T[] {
  return new NameOrder<T>((row) => nameKey(nameOf(row))).of(rows);
}

/** The rows under their letters, in the order of the first row of each. */
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
