import { expect, test } from 'vitest';
import { haystack, matcher } from './filter';

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

test('digits of two phone numbers never run together', () => {
  const two = haystack(['Ana'], ['111 222', '333 444']);
  expect(matcher('222333')(two)).toBe(false);
  expect(matcher('333 444')(two)).toBe(true);
});

test('a number in a name is found by typing it', () => {
  expect(matcher('54')(haystack(['Studio 54']))).toBe(true);
});
