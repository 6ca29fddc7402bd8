import { expect, test } from 'vitest';
import { matching, named } from './combo-options';

const options = [
  { value: '1', label: 'Grand Café', hint: 'Lyon' },
  { value: '2', label: 'Café Nord', hint: 'Oslo' },
  { value: '3', label: 'Nordlys', hint: undefined },
];
const values = (text: string) => matching(options, text).map((option) => option.value);

test('options that begin with the text come before options that contain it', () => {
  expect(values('cafe')).toEqual(['2', '1']);
});

test('every word must be found, in the label or the hint', () => {
  expect(values('cafe lyon')).toEqual(['1']);
  expect(values('cafe paris')).toEqual([]);
});

test('an empty text lists all options, up to the maximum', () => {
  expect(values('  ')).toEqual(['1', '2', '3']);
  expect(matching(options, '', 2)).toHaveLength(2);
});

test('a fully typed name is the option, so it is not created twice', () => {
  expect(named(options, ' CAFÉ  nord')?.value).toBe('2');
  expect(named(options, 'café')).toBeUndefined();
});

test('a similar name is not that option', () => {
  expect(named(options, 'Cafe Nord')).toBeUndefined();
  expect(named([{ value: '1', label: 'バンド' }], 'ハント')).toBeUndefined();
});

test('among equal matches, the typed name comes first', () => {
  const alike = [
    { value: '1', label: 'Cafe Nord' },
    { value: '2', label: 'Café Nord' },
  ];
  expect(matching(alike, 'café nord').map(({ value }) => value)).toEqual(['2', '1']);
});

test.each(["Trader Joe's", 'Trader Joe‘s', 'trader joe’s'])('%s finds Trader Joe’s', (typed) => {
  expect(matching([{ value: '1', label: 'Trader Joe’s' }], typed)).toHaveLength(1);
});
