import { isKnownHeader } from './guess';

/** How many cells of a row are names of columns that we know, and how many hold anything. */
export function knownShare(cells: string[]): { count: number; filled: number } {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return { count: new Set(filled.filter(isKnownHeader)).size, filled: filled.length };
}

/** How far down the names of the columns can be. */
const preamble = 25;

/**
 * The index of the row with the names of the columns. Some programs write notes above it. It is the first row that holds
 * anything, unless a later one names columns that we know and that one does not.
 */
export function headerRow(rows: string[][]): number {
  const first = rows.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
  const isNamed = (cells: string[]) => {
    const { count, filled } = knownShare(cells);
    return count >= 2 && count * 2 >= filled;
  };
  if (isNamed(rows[first] ?? [])) return first;
  const { count, filled } = knownShare(rows[first] ?? []);
  // A single name in a row of several may be chance on either side.
  const least = filled > 1 ? count + 2 : 2;
  const later = rows
    .slice(0, preamble)
    .findIndex((cells, index) => index > first && isNamed(cells) && knownShare(cells).count >= least);
  return later > 0 ? later : first;
}
