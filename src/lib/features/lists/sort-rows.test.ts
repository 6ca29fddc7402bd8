import { expect, test } from 'vitest';
import { sortRows } from './sort-rows';

test('texts go from A to Z, numbers from the greatest, and what has no value comes last', () => {
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
