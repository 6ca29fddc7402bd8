import { expect, test } from 'vitest';
import { isNothing } from './empty-cells';

test.each([
  'N/A',
  'n / a',
  '#N/A',
  'null',
  '(null)',
  '[blank]',
  '-',
  '…',
  '""',
  '*',
  'NaN',
  'nan',
  'NA',
  'N/D',
  'k. A.',
])('%j is not a company', (text) => {
  expect(isNothing(text, 'company')).toBe(true);
});

test.each(['Not available', 'unknown', 'TBD', 'keine Angabe', 'aucun', 'sin datos', 'なし', 'н/д'])(
  '%j means that there is nothing',
  (text) => {
    expect(isNothing(text, 'company')).toBe(true);
  },
);

test.each(['Nil Foods', 'Nullify Inc', 'NA Foods', '!!!', 'x', '0', '€', '🎉'])('%j is something', (text) => {
  expect(isNothing(text, 'company')).toBe(false);
});

test('Null and Na are names of people, and NA is a place', () => {
  expect(['Null', 'NULL', 'Na', 'None', 'Nan'].filter((name) => isNothing(name, 'last_name'))).toEqual([]);
  expect(['N/A', '-', '#N/A'].filter((name) => !isNothing(name, 'last_name'))).toEqual([]);
  expect(isNothing('NA', 'country') || isNothing('NA', 'tags')).toBe(false);
});
