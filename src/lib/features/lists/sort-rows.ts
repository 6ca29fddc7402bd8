const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/**
 * The rows sorted by a key; texts from A to Z, numbers from the greatest. Rows without one come last, and
 * rows alike stay in their order.
 */
export function sortRows<Row>(rows: Row[], keyOf: (row: Row) => string | number | null | undefined): Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort(({ key: a }, { key: b }) => {
    if (!a || !b) return Number(!a) - Number(!b);
    return typeof a === 'string' ? collator.compare(a, String(b)) : Number(b) - a;
  });
  return keyed.map(({ row }) => row);
}

const day = 86_400_000;

/** Whether a moment lies less than so many days back. */
export const withinDays = (at: string | undefined, days: number, now: Date): boolean =>
  at !== undefined && now.getTime() - Date.parse(at) < days * day;
