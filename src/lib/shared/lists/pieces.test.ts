import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './pieces';

test('pieces contain every row once, in order', () => {
  expect(piecesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(piecesOf([1, 2, 3, 4, 5], 2, 1)).toEqual([[1], [2, 3], [4, 5]]);
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (rows, size) => {
      expect(piecesOf(rows, size).flat()).toEqual(rows);
      expect(piecesOf(rows, size, rows.length % size).flat()).toEqual(rows);
    }),
  );
});

test('new rows on top do not change the pieces below', () => {
  const size = 3;
  const before = piecesOf([4, 5, 6, 7], size, 4 % size);
  const after = piecesOf([2, 3, 4, 5, 6, 7], size, 6 % size);
  expect(before).toEqual([[4], [5, 6, 7]]);
  expect(after).toEqual([
    [2, 3, 4],
    [5, 6, 7],
  ]);
});
