let known = $state.raw<readonly string[]>([]);

/**
 * The currencies of the amounts that this device has read so far. If several of them share a sign, amounts are written
 * so that nobody confuses them.
 */
export const currencies = {
  get known(): readonly string[] {
    return known;
  },
  /** Adds the currencies of rows. Call it while rows are read, not while something is drawn. */
  note(rows: Iterable<{ currency: string | null }>): void {
    for (const { currency } of rows) if (currency && !known.includes(currency)) known = [...known, currency];
  },
};
