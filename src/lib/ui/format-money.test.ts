import { expect, test } from 'vitest';
import { formatMoney, formatMoneyShort, formatTotal } from './format-money';

test('whole amounts have no decimals, others have two', () => {
  expect(formatMoney(1250, 'EUR')).toBe('€1,250');
  expect(formatMoney(1250.5, 'EUR')).toBe('€1,250.50');
});

test('no amount is no text, and zero is an amount', () => {
  expect(formatMoney(null, 'EUR')).toBe('');
  expect(formatMoney(0, 'EUR')).toBe('€0');
});

test('an amount without a usable currency is still shown', () => {
  expect(formatMoney(1250, null)).toBe('1,250');
  expect(formatMoney(1250, 'not one')).toBe('1,250 not one');
});

test('short amounts keep one decimal', () => {
  expect(formatMoneyShort(12_500, 'EUR')).toBe('€12.5K');
});

test('currencies are never added together', () => {
  const rows = [
    { amount: 1000, currency: 'USD' },
    { amount: 2000, currency: 'EUR' },
    { amount: 3000, currency: 'EUR' },
    { amount: null, currency: 'EUR' },
  ];
  expect(formatTotal(rows)).toBe('€5K + $1K');
  expect(formatTotal([])).toBe('');
});
