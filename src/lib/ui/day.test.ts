import { expect, test } from 'vitest';
import { dayProblem, storedDay, withCentury } from './day';

test.each([
  ['0026-12-03', '2026-12-03'],
  ['0099-01-31', '2099-01-31'],
  ['0000-01-31', '2000-01-31'],
  ['0026-03-08T02:30', '2026-03-08T02:30'],
  ['2026-12-03', '2026-12-03'],
  ['0206-12-03', '0206-12-03'],
  ['', ''],
])('a two-digit year is in this century: %s is %s', (typed, meant) => {
  expect(withCentury(typed)).toBe(meant);
});

test.each(['1900-01-01', '2199-12-31', '0026-12-03', '2026-11-30T21:30', ''])('%s can be saved', (typed) => {
  expect(dayProblem(typed)).toBeUndefined();
});

test.each(['1899-12-31', '2200-01-01', '0206-03-12', '9999-01-01', '20266-01-01'])(
  '%s is refused with a reason',
  (typed) => {
    expect(dayProblem(typed)).toBe('Choose a year from 1900 to 2199.');
  },
);

test('stores a day with its century, and an empty field as null', () => {
  expect([storedDay('0026-12-03'), storedDay(' ')]).toEqual(['2026-12-03', null]);
});
