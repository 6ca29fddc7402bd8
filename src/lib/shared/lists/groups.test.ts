import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterGroups, letterOf, sortByName } from './groups';

const names = (rows: string[]) =>
  sortByName(
    rows.map((name) => ({ name })),
    ({ name }) => name,
  ).map(({ name }) => name);

test('accents and case do not split names with the same first letter', () => {
  const groups = letterGroups(names(['Öz', 'ode', 'Nowak', 'Ørsted', 'olsen']), (row) => row);
  expect(groups.map(({ letter }) => letter)).toEqual(['N', 'O']);
  expect(groups[1]?.rows).toHaveLength(4);
});

test('names without a first letter come last, under one sign', () => {
  const groups = letterGroups(names(['42 Degrees', 'Zu', '', '«Alba»']), (row) => row);
  expect(groups.map(({ letter, rows }) => [letter, rows.length])).toEqual([
    ['Z', 1],
    ['#', 3],
  ]);
});

test('names in other scripts keep their own letters', () => {
  expect(letterOf('Ольга')).toBe('О');
  expect(letterOf('  maya')).toBe('M');
});

test('no letter is listed twice, whatever the names', () => {
  const rows = names(['Éa', 'Eb', 'ez', 'Ąx', 'Az', 'Łb', 'La', 'Lz', 'ßa', 'Sb', '9', 'Ωa']);
  const letters = letterGroups(rows, (row) => row).map(({ letter }) => letter);
  expect(new Set(letters).size).toBe(letters.length);
});

test('the micro sign and the Greek letter are listed under one Μ', () => {
  const groups = letterGroups(names(['Μαυρίδη', 'αλφα', 'µBrew', 'Ωμέγα', 'μ']), (row) => row);
  expect(groups.map(({ letter, rows }) => [letter, rows.length])).toEqual([
    ['Α', 1],
    ['Μ', 3],
    ['Ω', 1],
  ]);
});

test('a sign beyond the basic plane has its own group, whole', () => {
  expect(letterOf('𠮷田')).toBe('𠮷');
  expect(letterOf('吉田')).toBe('吉');
});

test.each([
  ['ﬁnch', 'F'],
  ['Ærø', 'A'],
  ['Ŋanga', 'N'],
  ['Ｔａｎａｋａ', 'T'],
  ['d’Arc', 'D'],
  ['\u200fשרה', 'ש'],
  ['  Spaces', 'S'],
  ['ǆ', 'D'],
  ['ς', 'Σ'],
  ['🦊Fox', '#'],
  ['’t Hart', '#'],
])('%s is listed under %s', (name, letter) => {
  expect(letterOf(name)).toBe(letter);
});

test('every group has its own key and a run of rows', () => {
  const name = fc.string({
    unit: fc.oneof(fc.constantFrom(...'aÁµμςσﬁıİ4#バﾊ𠮷김'), fc.string({ unit: 'grapheme', maxLength: 1 })),
  });
  fc.assert(
    fc.property(fc.array(name), (all) => {
      const sorted = names(all);
      const groups = letterGroups(sorted, (row) => row);
      expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
      expect(groups.flatMap(({ rows }) => rows)).toEqual(sorted);
    }),
  );
});

test('numbers in names are sorted as numbers', () => {
  expect(names(['Kitchen 10', 'Kitchen 9'])).toEqual(['Kitchen 9', 'Kitchen 10']);
});
