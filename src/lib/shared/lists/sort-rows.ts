import { nameKey } from './name-order';

/**
 * The rows sorted by a key; texts from A to Z, numbers from the greatest. Rows without one come last, and
 * rows alike stay in their order.
 */
export function sortRows<Row>(rows: Row[], keyOf: (row: Row) => string | number | null | undefined): Row[] {
  // Keys are far fewer than rows: what is sorted are the places, each with the rows that share it.
  const byKey = new Map<string | number, Row[]>();
  const byPlace = new Map<string | number, Row[]>();
  const without: Row[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    let alike = key ? byKey.get(key) : without;
    if (!alike && key) {
      const place = typeof key === 'string' ? nameKey(key) : -key;
      alike = byPlace.get(place) ?? [];
      byPlace.set(place, alike);
      byKey.set(key, alike);
    }
    alike?.push(row);
  }
  const places = [...byPlace].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return [...places.flatMap(([, alike]) => alike), ...without];
}

const day = 86_400_000;

/** How far two clocks may be apart. What lies further ahead did not happen just now. */
const tolerance = 5 * 60_000;

/** Whether a moment lies less than so many days back, and not in the future. */
export function withinDays(at: string | undefined, days: number, now: Date): boolean {
  if (at === undefined) return false;
  const age = now.getTime() - Date.parse(at);
  return age < days * day && age >= -tolerance;
}
