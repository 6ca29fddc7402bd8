/** Remembers the first rows, so that only they are listed while others arrive. */
export class FirstRows<Row extends { id: string }> {
  #ids = new Set<string>();

  /** @param madeHere whether a row was created on this device and has not been sent; it is listed too */
  constructor(private readonly madeHere: (row: Row) => boolean) {}

  /** The rows to list, in order: all of the first non-empty answer. */
  of(rows: Row[]): Row[] {
    if (this.#ids.size === 0) this.#ids = new Set(rows.map(({ id }) => id));
    return rows.filter((row) => this.#ids.has(row.id) || this.madeHere(row));
  }

  /** All rows, when no more are arriving. Rows listed by then are the first ones next time. */
  all(rows: Row[]): Row[] {
    this.#ids = new Set();
    return rows;
  }
}
