import { isKnownHeader } from './guess';

/** The number of cells in a row that are known column names, and the number of cells that are not empty. */
export function knownShare(cells: string[]): { count: number; filled: number } {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return { count: new Set(filled.filter(isKnownHeader)).size, filled: filled.length };
}

/** The last row in which the column names can be. */
const preamble = 25;

/**
 * The index of the row with the column names. Some programs write notes above it. It is the first row that is not
 * empty, unless a later row has known column names and the first has none.
 */
export function headerRow(rows: string[][]): number {
  const first = rows.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
  const isNamed = (cells: string[]) => {
    const { count, filled } = knownShare(cells);
    return count >= 2 && count * 2 >= filled;
  };
  if (isNamed(rows[first] ?? [])) return first;
  const { count, filled } = knownShare(rows[first] ?? []);
  // One known name in a row of several cells may be chance in either row.
  const least = filled > 1 ? count + 2 : 2;
  const later = rows
    .slice(0, preamble)
    .findIndex((cells, index) => index > first && isNamed(cells) && knownShare(cells).count >= least);
  return later > 0 ? later : first;
}
