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
  'finds a phone number however it is typed: %s',
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

const forms = [
  '+1 212 555 0147',
  '12125550147',
  '212–555–0147',
  '(212) 555-0147',
  '212.555.0147',
  '2125550147',
  '1-212-555-0147',
  '5550',
  '0147',
  '+1 212 55',
  '1212555',
  '(212) 555-0147 ext. 3',
];
test.each(forms)('an American number is found in every way it may be stored: %s', (typed) => {
  for (const stored of [
    '(212) 555-0147',
    '+1 212 555 0147',
    '12125550147',
    '212–555–0147',
    '+1 (212) 555-0147 x9',
  ])
    expect(matcher(typed)(haystack(['Ana'], [stored])), stored).toBe(true);
});

test.each(['+41 44 668 18 00', '0041 44 668 18 00', '011 41 44 668 18 00', '41446681800', '044 668 18 00'])(
  'finds a Swiss number however it is stored: %s',
  (typed) => {
    for (const stored of [
      '044 668 18 00',
      '+41 (0)44 668 18 00',
      '0041446681800',
      '٠٤٤ ٦٦٨ ١٨ ٠٠',
      '０４４-６６８-１８-００',
    ])
      expect(matcher(typed)(haystack(['Ana'], [stored])), stored).toBe(true);
  },
);

test('a whole number does not find one with another area code', () => {
  expect(matcher('+1 212 555 0147')(haystack(['Ana'], ['(312) 555-0147', '555-0147']))).toBe(false);
});

test('finds each of several numbers, and none across two', () => {
  const two = haystack(['Ana'], ['044 111 22 33 / 079 444 55 66']);
  expect(['044 111 22 33', '0794445566', '4444'].map((typed) => matcher(typed)(two))).toEqual([
    true,
    true,
    false,
  ]);
  expect(matcher('2233079')(two)).toBe(false);
});

test('finds a number that is spelled with letters', () => {
  expect(matcher('flowers')(haystack(['Ana'], ['1-800-FLOWERS']))).toBe(true);
});

test('never joins the digits of two numbers', () => {
  const two = haystack(['Ana'], ['111 222', '333 444']);
  expect(matcher('222333')(two)).toBe(false);
  expect(matcher('333 444')(two)).toBe(true);
});

test('finds a name by the number in it', () => {
  expect(matcher('54')(haystack(['Studio 54']))).toBe(true);
});

test('typing letter by letter finds the same as the whole text', () => {
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
