import fc from 'fast-check';
import { expect, test } from 'vitest';
import { haystack } from '../lists/filter';
import { TextIndex } from './find';

const index = new TextIndex([
  haystack(['Ines Moreau', 'Café Łódź'], ['+33 4 72 00 11 22']),
  haystack(['Katherine Johnson', 'Bistro'], ['044 668 18 00', '555 0100']),
  haystack(['Jon Sand', 'Bistro'], ['+41 44 668 18 01']),
]);

test('all words must occur, in any order, in the middle of words too', () => {
  expect(index.find('reau ines')).toEqual([0]);
  expect(index.find('bistro')).toEqual([1, 2]);
  expect(index.find('bistro moreau')).toEqual([]);
  expect(index.find('lodz')).toEqual([0]);
});

test('digits from anywhere in one number find its owner, never digits of two numbers', () => {
  expect(index.find('044 668')).toEqual([1, 2]);
  expect(index.find('720011')).toEqual([0]);
  expect(index.find('1800555')).toEqual([]);
});

test.each(['moraeu', 'morreau', 'moeau', 'mureau', 'kathrine', 'katherien', 'jonson', 'bistor ines mor'])(
  'a slip of the finger is forgiven: %s',
  (typed) => {
    expect(index.find(typed).length > 0).toBe(!typed.includes('ines mor'));
  },
);

test('short words and words far off find nothing', () => {
  expect(index.find('jxn')).toEqual([]);
  expect(index.find('wolfgang')).toEqual([]);
});

test('it finds what looking into every row finds', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), { maxLength: 30 });
  fc.assert(
    fc.property(
      texts,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 }),
      (rows, word) => {
        const naive = rows.flatMap((row, number) => (row.includes(word) ? [number] : []));
        expect(new TextIndex(rows.map((row) => haystack([row]))).find(word)).toEqual(naive);
      },
    ),
  );
});
