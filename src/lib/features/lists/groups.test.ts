import { expect, test } from 'vitest';
import { letterGroups, letterOf, sortByName } from './groups';

const names = (rows: string[]) =>
  sortByName(
    rows.map((name) => ({ name })),
    ({ name }) => name,
  ).map(({ name }) => name);

test('accents and case do not part names that begin with one letter', () => {
  const groups = letterGroups(names(['Öz', 'ode', 'Nowak', 'Ørsted', 'olsen']), (row) => row);
  expect(groups.map(({ letter }) => letter)).toEqual(['N', 'O']);
  expect(groups[1]?.rows).toHaveLength(4);
});

test('names that begin with no letter come last, under one sign', () => {
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

test('numbers in names are sorted as numbers', () => {
  expect(names(['Kitchen 10', 'Kitchen 9'])).toEqual(['Kitchen 9', 'Kitchen 10']);
});
