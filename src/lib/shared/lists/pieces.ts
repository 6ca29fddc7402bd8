/**
 * Splits rows into pieces of `size`, so that a browser can skip the layout of invisible pieces.
 * @param first the size of the first piece: `rows.length % size` keeps the others unchanged when rows are added on top
 */
export function piecesOf<Row>(rows: Row[], size: number, first = size): Row[][] {
  const pieces: Row[][] = [];
  for (let from = 0, to = first || size; from < rows.length; from = to, to += size)
    pieces.push(rows.slice(from, to));
  return pieces;
}
