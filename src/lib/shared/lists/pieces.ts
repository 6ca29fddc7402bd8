/**
 * The rows in pieces of `size`, so that a browser can leave out the layout of those that are out of sight.
 * @param first the size of the first piece: `rows.length % size` keeps the others as they are when rows come on top
 */
export function piecesOf<Row>(rows: Row[], size: number, first = size): Row[][] {
  const pieces: Row[][] = [];
  for (let from = 0, to = first || size; from < rows.length; from = to, to += size)
    pieces.push(rows.slice(from, to));
  return pieces;
}
