import { expect, test } from 'vitest';
import { amountText, parseAmount } from './amount';

test.each([
  ['1200', 1200],
  ['1,200.50', 1200.5],
  ['1200,5', 1200.5],
  ['1.200,50', 1200.5],
  ['1 200,50', 1200.5],
  ["1'200.50", 1200.5],
  ['1,200', 1200],
  ['1.200', 1200],
  ['1,234,567.8', 1234567.8],
  ['1.234.567', 1234567],
  ['$1,200', 1200],
  ['1200 EUR', 1200],
  ['€ 99,90', 99.9],
  ['.5', 0.5],
  ['0', 0],
  ['12.', 12],
])('%s is understood', (text, amount) => {
  expect(parseAmount(text)).toEqual({ amount });
});

test('an empty text is not an amount', () => {
  expect(parseAmount('  ')).toEqual({ amount: null });
});

test.each([
  ['abc', /digits/],
  ['12x', /digits/],
  ['-5', /negative/],
  ['1200.505', /two decimals/],
  ['0.1234', /two decimals/],
  ['12,34,56', /isn't clear/],
  ['1,20.50', /isn't clear/],
  ['1000000000000', /too large/],
  ['Infinity', /digits/],
  ['1e9', /digits/],
])('%s is refused with a reason', (text, reason) => {
  const parsed = parseAmount(text);
  expect(parsed.amount).toBeNull();
  expect(parsed.error).toMatch(reason);
});

test('an amount in an input reads back the same', () => {
  for (const amount of [0, 0.5, 1200, 1200.55, 999_999_999_999.99])
    expect(parseAmount(amountText(amount)).amount).toBe(amount);
});
