import { fold } from '$lib/ui/fold';
import { NameOrder, nameKey } from './name-order';

export interface Group<T> {
  letter: string;
  rows: T[];
}

/** The letter that a name is listed under; `#` for names that begin with none. */
export function letterOf(name: string): string {
  const first = fold(name.trimStart()).charAt(0);
  return /\p{L}/u.test(first) ? first.toUpperCase() : '#';
}

/** Sorted by name, `#` after all letters. Leaves `rows` as they are. */
export function sortByName<T extends object>(rows: T[], nameOf: (row: T) => string): T[] {
  return new NameOrder<T>((row) => nameKey(nameOf(row))).of(rows);
}

/** Runs of rows under the same letter. `rows` must be sorted by the same name. */
export function letterGroups<T>(rows: T[], nameOf: (row: T) => string): Group<T>[] {
  const groups: Group<T>[] = [];
  for (const row of rows) {
    const letter = letterOf(nameOf(row));
    const last = groups.at(-1);
    if (last?.letter === letter) last.rows.push(row);
    else groups.push({ letter, rows: [row] });
  }
  return groups;
}
