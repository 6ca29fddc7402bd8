import { nameKey } from '$lib/text/name-key';

/**
 * Sorts rows by a key: texts from A to Z, numbers from the greatest. Rows without a key come last, and equal rows keep
 * their order.
 */
export function sortRows<Row>(rows: Row[], keyOf: (row: Row) => string | number | null | undefined): Row[] {
  // There are far fewer keys than rows, so it sorts the keys, each with its rows.
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

/** The difference that two clocks may have. A time further ahead did not happen just now. */
const tolerance = 5 * 60_000;

/** Whether a time is fewer than this many days ago and not in the future. */
export function withinDays(at: string | undefined, days: number, now: Date): boolean {
  if (at === undefined) return false;
  const age = now.getTime() - Date.parse(at);
  return age < days * day && age >= -tolerance;
}
