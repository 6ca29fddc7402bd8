import fc from 'fast-check';
import { expect, test } from 'vitest';
import { haystack } from '$lib/shared/lists/filter';
import { TextIndex, wantedBy } from './find';

const rowsWith = (index: TextIndex, typed: string): number[] => {
  const { words, digits } = wantedBy(typed);
  const rows = new Set<number>();
  index.withWords(words, (row) => rows.add(row).size < 0);
  if (digits) index.withDigits(digits, (row) => rows.add(row).size < 0);
  return [...rows].sort((a, b) => a - b);
};
const index = new TextIndex([
  haystack(['Ines Moreau', 'Café Łódź'], ['+33 4 72 00 11 22']),
  haystack(['Katherine Johnson', 'Bistro'], ['044 668 18 00', '555 0100']),
  haystack(['Jon Sand', 'Bistro'], ['+41 44 668 18 01']),
]);

test('all words must occur, in any order, also inside words', () => {
  expect(rowsWith(index, 'reau ines')).toEqual([0]);
  expect(rowsWith(index, 'bistro')).toEqual([1, 2]);
  expect(rowsWith(index, 'bistro moreau')).toEqual([]);
  expect(rowsWith(index, 'lodz')).toEqual([0]);
});

test('digits find one number and never join two', () => {
  expect(rowsWith(index, '044 668')).toEqual([1, 2]);
  expect(rowsWith(index, '720011')).toEqual([0]);
  expect(rowsWith(index, '1800555')).toEqual([]);
});

test('finds the same as a check of every row', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), { maxLength: 30 });
  fc.assert(
    fc.property(
      texts,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 }),
      (rows, word) => {
        const naive = rows.flatMap((row, number) => (row.includes(word) ? [number] : []));
        const made = new TextIndex(rows.map((row) => haystack([row])));
        expect(rowsWith(made, word)).toEqual(naive);
      },
    ),
  );
});

test('typing letter by letter finds the same as the whole text', () => {
  const letters = { unit: fc.constantFrom('a', 'b', 'c') };
  fc.assert(
    fc.property(
      fc.array(fc.string(letters), { maxLength: 30 }),
      fc.array(fc.string({ ...letters, minLength: 1, maxLength: 5 }), { maxLength: 5 }),
      (rows, typed) => {
        const make = () => new TextIndex(rows.map((row) => haystack([row])));
        const used = make();
        for (const text of typed)
          for (let end = 1; end <= text.length; end++) {
            const part = text.slice(0, end);
            expect(rowsWith(used, part)).toEqual(rowsWith(make(), part));
            expect(used.holds(part)).toBe(rows.some((row) => row.includes(part)));
          }
      },
    ),
  );
});
