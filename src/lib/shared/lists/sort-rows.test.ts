import { expect, test } from 'vitest';
import { sortRows, withinDays } from './sort-rows';

test('sorts texts from A to Z, numbers from the greatest, and empty values last', () => {
  expect(sortRows(['b', null, 'Á', ''], (row) => row)).toEqual(['Á', 'b', null, '']);
  expect(sortRows([1, null, 3], (row) => row)).toEqual([3, 1, null]);
});

test('rows alike stay in their order', () => {
  const rows = [
    { id: 1, city: 'Oslo' },
    { id: 2, city: 'oslo' },
    { id: 3, city: 'Bergen' },
  ];
  expect(sortRows(rows, (row) => row.city).map(({ id }) => id)).toEqual([3, 1, 2]);
});

const hour = 3_600_000;
test.each([
  ['nothing', undefined, false],
  ['29 days ago', -29 * 24 * hour, true],
  ['30 days ago', -30 * 24 * hour, false],
  ['two minutes ahead, by another clock', hour / 30, true],
  ['five hours ahead', 5 * hour, false],
  ['three years ahead', 3 * 365 * 24 * hour, false],
])('%s is recent only in the past', (_, offset, recent) => {
  const now = new Date('2026-11-30T12:00:00Z');
  const at = offset === undefined ? undefined : new Date(now.getTime() + offset).toISOString();
  expect(withinDays(at, 30, now)).toBe(recent);
});
