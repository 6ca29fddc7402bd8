import { expect, test } from 'vitest';
import { formatCount } from './format-count';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [123456, '123,456'],
  [1234567, '1,234,567'],
  [-1234, '-1,234'],
])('%d reads %s, as Intl has it', (count, words) => {
  expect(formatCount(count)).toBe(words);
  expect(new Intl.NumberFormat('en').format(count)).toBe(words);
});
