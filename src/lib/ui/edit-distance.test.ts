import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slipsToBeginnings } from './edit-distance';

const slips = (word: string, other: string, most = 9) =>
  slipsToBeginnings(word, other, most)?.at(other.length);

test.each([
  ['harbour', 'harbour', 0],
  ['harbour', 'harbor', 1],
  ['harbor', 'harbour', 1],
  ['harbor', 'hatbor', 1],
  ['harbor', 'habror', 1],
  ['ca', 'abc', 3],
  ['', 'abc', 3],
])('from %s to %s are %i slips', (word, other, count) => {
  expect(slips(word, other)).toBe(count);
});

test('counts the slips to each beginning of a longer word', () => {
  expect([...(slipsToBeginnings('hab', 'harbor', 2) ?? [])]).toEqual([3, 2, 1, 1, 1, 2]);
});

test('gives up when every beginning is too far', () => {
  expect(slipsToBeginnings('harbor', 'kitchen', 2)).toBeUndefined();
});

/** The same distance by its definition, slowly. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  const ways = [
    byDefinition(restA, b) + 1,
    byDefinition(a, restB) + 1,
    byDefinition(restA, restB) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    ways.push(byDefinition(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...ways);
}

test('agrees with the definition, whichever words come before', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(slips(a, b)).toBe(byDefinition(a, b));
    }),
  );
});

test('compares words that are longer than all before', () => {
  const long = 'ab'.repeat(300);
  expect(slips(`${long}x`, `${long}y`, 1)).toBe(1);
});
