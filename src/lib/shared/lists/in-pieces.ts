/** Lets the browser paint and answer a person before the next piece of long work. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Calls `each` for every row, in tasks of about 8 ms, so that tens of thousands of rows do not hold up the page. */
export async function inPieces<Row>(rows: readonly Row[], each: (row: Row) => void): Promise<void> {
  const [rowsBetweenLooks, longest] = [50, 8];
  let end = performance.now() + longest;
  for (const [at, row] of rows.entries()) {
    each(row);
    if (at % rowsBetweenLooks > 0 || performance.now() < end) continue;
    await pause();
    end = performance.now() + longest;
  }
}
