import { nameKey } from './name-order';

/**
 * The rows sorted by a key; texts from A to Z, numbers from the greatest. Rows without one come last, and
 * rows alike stay in their order.
 */
export function sortRows<Row>(rows: Row[], keyOf: (row: Row) => string | number | null | undefined): Row[] {
  const keyed = rows.map((row) => {
    const key = keyOf(row);
    return { row, key: typeof key === 'string' ? key && nameKey(key) : key };
  });
  keyed.sort(({ key: a }, { key: b }) => {
    if (!a || !b) return Number(!a) - Number(!b);
    if (typeof a === 'number') return Number(b) - a;
    return a < b ? -1 : a > b ? 1 : 0;
  });
  return keyed.map(({ row }) => row);
}

const day = 86_400_000;

/** Whether a moment lies less than so many days back. */
export const withinDays = (at: string | undefined, days: number, now: Date): boolean =>
  at !== undefined && now.getTime() - Date.parse(at) < days * day;
