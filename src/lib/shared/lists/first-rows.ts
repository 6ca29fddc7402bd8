/** Remembers the rows that came first, so that those alone stand in a list while others arrive. */
export class FirstRows<Row extends { id: string }> {
  #ids = new Set<string>();

  /** @param madeHere whether a row was made on this device and not sent yet: it stands there too */
  constructor(private readonly madeHere: (row: Row) => boolean) {}

  /** Those of the rows that stand, in their order: all of the first that were any. */
  of(rows: Row[]): Row[] {
    if (this.#ids.size === 0) this.#ids = new Set(rows.map(({ id }) => id));
    return rows.filter((row) => this.#ids.has(row.id) || this.madeHere(row));
  }

  /** All rows, where no more are on their way; those that stand by then are the first of the next time. */
  all(rows: Row[]): Row[] {
    this.#ids = new Set();
    return rows;
  }
}
