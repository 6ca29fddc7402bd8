import { expect, test } from 'vitest';
import { currencies } from './currencies.svelte';
import { exactTotal, formatMoney, formatMoneyShort, formatTotal } from './format-money';

test('whole amounts have no decimals, others have two', () => {
  expect(formatMoney(1250, 'EUR')).toBe('€1,250');
  expect(formatMoney(1250.5, 'EUR')).toBe('€1,250.50');
});

test('no amount is an empty text, and zero is an amount', () => {
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

test('totals are separate for each currency and exact to the cent', () => {
  const deals = [
    ...Array.from({ length: 1000 }, () => ({ amount: 0.1, currency: 'USD' })),
    { amount: 0.2, currency: 'EUR' },
    { amount: null, currency: 'EUR' },
  ];
  expect(exactTotal(deals)).toBe('$100 + €0.20');
  expect(exactTotal([{ amount: null, currency: 'USD' }])).toBe('');
});

test('names each of several dollars in a total, and a single one by its short sign', () => {
  const row = (amount: number, currency: string) => ({ amount, currency });
  const rows = [row(122_100, 'USD'), row(20_000, 'CAD'), row(20_000, 'MXN'), row(5, 'EUR')];
  expect(formatTotal(rows)).toBe('US$122.1K + CA$20K + MX$20K + €5');
  expect(exactTotal([row(1, 'CAD'), row(2, 'EUR')])).toBe('€2 + $1');
});

test('once a second dollar or peso is known, no amount says $ alone', () => {
  expect(formatMoney(5, 'USD')).toBe('$5');
  currencies.note([{ currency: 'USD' }, { currency: null }, { currency: 'MXN' }, { currency: 'ARS' }]);
  expect(formatMoney(5, 'USD')).toBe('US$5');
  expect(formatMoney(-5, 'USD')).toBe('-US$5');
  expect(formatMoneyShort(1500, 'MXN')).toBe('MX$1.5K');
  expect(formatMoney(5, 'ARS')).toBe('ARS\u00a05');
  expect(formatMoney(5, 'EUR')).toBe('€5');
  expect(formatMoney(5, 'JPY'), 'the only yen').toBe('¥5');
  currencies.note([{ currency: 'JPY' }, { currency: 'CNY' }]);
  expect([formatMoney(5, 'JPY'), formatMoney(5, 'CNY')]).toEqual(['JPY\u00a05', 'CN¥5']);
});
