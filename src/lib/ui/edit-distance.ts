// The rows of the table, kept between calls because a search compares thousands of words.
let rows = [0, 1, 2].map(() => new Uint16Array(64));

/**
 * How many slips lie between a word and each beginning of another: cell `n` is for the first `n` letters of `other`. A
 * slip is a letter added, dropped or changed, or two neighbors swapped. Beginnings that are more than `most` letters
 * longer than the word are left out.
 *
 * @returns a view that the next call overwrites; `undefined` if every beginning is more than `most` slips away
 */
export function slipsToBeginnings(word: string, other: string, most: number): Uint16Array | undefined {
  const width = Math.min(other.length, word.length + most);
  if (rows.some(({ length }) => length <= width)) rows = rows.map(() => new Uint16Array(2 * width));
  let [older, last, current] = rows as [Uint16Array, Uint16Array, Uint16Array];
  for (let column = 0; column <= width; column++) last[column] = column;
  for (let row = 1; row <= word.length; row++) {
    let least = (current[0] = row);
    for (let column = 1; column <= width; column++) {
      const isEqual = word.charCodeAt(row - 1) === other.charCodeAt(column - 1);
      const changed = at(last, column - 1) + (isEqual ? 0 : 1);
      let cost = Math.min(changed, at(last, column) + 1, at(current, column - 1) + 1);
      const isSwapped =
        row > 1 &&
        column > 1 &&
        word.charCodeAt(row - 1) === other.charCodeAt(column - 2) &&
        word.charCodeAt(row - 2) === other.charCodeAt(column - 1);
      if (isSwapped) cost = Math.min(cost, at(older, column - 2) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return undefined;
    [older, last, current] = [last, current, older];
  }
  return last.subarray(0, width + 1);
}

const at = (cells: Uint16Array, column: number) => cells[column] ?? 0;
