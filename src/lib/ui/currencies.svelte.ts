let known = $state.raw<readonly string[]>([]);

/**
 * The currencies of the amounts that this device has read so far. While they have one sign between several of them,
 * amounts are written so that nobody takes one for another.
 */
export const currencies = {
  get known(): readonly string[] {
    return known;
  },
  /** Adds the currencies of rows. Call it where rows are read, not while something is drawn. */
  note(rows: Iterable<{ currency: string | null }>): void {
    for (const { currency } of rows) if (currency && !known.includes(currency)) known = [...known, currency];
  },
};
