import { expect, test } from 'vitest';
import { Finder, haystack, matcher } from './filter';

const row = haystack(['Łukasz Müller', 'Head chef', 'lukas@example.com', null], ['+41 44 668 18 00', null]);

test.each(['muller', 'MÜLLER', 'lukasz head', 'chef  lukasz', 'lukas@ex', ''])(
  '"%s" finds the row',
  (filter) => {
    expect(matcher(filter)(row)).toBe(true);
  },
);

test.each(['mulller', 'müller sous', '@example.org'])('"%s" does not find the row', (filter) => {
  expect(matcher(filter)(row)).toBe(false);
});

test.each(['+41 44 668', '0446681800', '044 668', '(44) 668-18', '6818'])(
  'a phone number is found however it is typed: %s',
  (filter) => {
    expect(matcher(filter)(row)).toBe(true);
  },
);

test.each([
  "trader joe's",
  'Trader Joe’s',
  'joe‘s',
  'coca-cola',
  'coca–cola',
  'coca\u2011cola',
  'joe’s\u00a0coca',
])('apostrophes, dashes and spaces of any kind find the row: %s', (filter) => {
  for (const name of ["Trader Joe's Coca-Cola", 'Trader Joe’s Coca–Cola', 'Trader\u00a0Joeʼs Coca‑Cola'])
    expect(matcher(filter)(haystack([name]))).toBe(true);
});

test('digits of two phone numbers never run together', () => {
  const two = haystack(['Ana'], ['111 222', '333 444']);
  expect(matcher('222333')(two)).toBe(false);
  expect(matcher('333 444')(two)).toBe(true);
});

test('a number in a name is found by typing it', () => {
  expect(matcher('54')(haystack(['Studio 54']))).toBe(true);
});

test('a list typed into letter by letter shows what the whole text finds, digits and corrections too', () => {
  const people = [
    { name: 'Ana Łódź', phone: '+41 44 668' },
    { name: 'Lodz 44', phone: '0' },
    { name: 'Anabel', phone: '040' },
  ];
  const make = () => new Finder(({ name, phone }: (typeof people)[number]) => haystack([name], [phone]));
  const used = make();
  for (const typed of [
    'a',
    'an',
    'ana',
    'ana l',
    'ana lodz',
    'an',
    '0',
    '04',
    '044',
    '044 6',
    'lodz 4',
    'x',
    '',
  ])
    expect(used.find(people, typed), typed).toEqual(make().find(people, typed));
  const more = [...people, { name: 'Anatol', phone: '' }];
  expect(used.find(people, 'ana')).toHaveLength(2);
  expect(used.find(more, 'anat')).toEqual([more[3]]);
});
