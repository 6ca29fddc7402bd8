import type { PlannedRow } from './plan';

const editsAtOnce = 100;

/** Splits rows into portions of about a hundred edits. */
export function portionsOf(rows: PlannedRow[]): PlannedRow[][] {
  const all: PlannedRow[][] = [];
  let edits = editsAtOnce;
  for (const row of rows) {
    if (edits + row.edits.length > editsAtOnce) {
      all.push([]);
      edits = 0;
    }
    all.at(-1)?.push(row);
    edits += row.edits.length;
  }
  return all;
}
