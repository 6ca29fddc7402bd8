import { expect, test } from 'vitest';
import { matching, named } from './combo-options';

const options = [
  { value: '1', label: 'Grand Café', hint: 'Lyon' },
  { value: '2', label: 'Café Nord', hint: 'Oslo' },
  { value: '3', label: 'Nordlys', hint: undefined },
];
const values = (text: string) => matching(options, text).map((option) => option.value);

test('what begins with the text comes before what merely holds it', () => {
  expect(values('cafe')).toEqual(['2', '1']);
});

test('every word must be found, in the label or the hint', () => {
  expect(values('cafe lyon')).toEqual(['1']);
  expect(values('cafe paris')).toEqual([]);
});

test('no text lists all, up to the most', () => {
  expect(values('  ')).toEqual(['1', '2', '3']);
  expect(matching(options, '', 2)).toHaveLength(2);
});

test('a fully typed name is the option, so that none is created twice', () => {
  expect(named(options, ' CAFE nord')?.value).toBe('2');
  expect(named(options, 'cafe')).toBeUndefined();
});
