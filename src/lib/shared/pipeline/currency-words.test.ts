import { expect, test } from 'vitest';
import { currencyIn, currencyInHeader, currencyNamed } from './currency-words';
import { checkDeal, dealDraft } from '$lib/features/deals/draft';

test.each([
  ['Euro', 'EUR'],
  ['€', 'EUR'],
  ['eur', 'EUR'],
  ['US Dollar', 'USD'],
  ['Swiss francs', 'CHF'],
  ['Schweizer Franken', 'CHF'],
  ['złoty', 'PLN'],
  ['Pound sterling', 'GBP'],
  ['Kč', 'CZK'],
  ['Bitcoin', undefined],
  ['ABC', undefined],
  ['XXX', undefined],
  ['pesos', null],
  ['Euro (€)', 'EUR'],
  ['USD - US Dollar', 'USD'],
  ['U.S. Dollar', 'USD'],
  ['$ (USD)', 'USD'],
  ['kr (SEK)', 'SEK'],
  ['€ USD', undefined],
  ['₹ Rs', 'INR'],
])('the currency %j is %s', (text, code) => {
  expect(currencyNamed(text)).toBe(code);
});

test('a currency in the name of a column counts', () => {
  expect(currencyInHeader('Amount (EUR)')).toBe('EUR');
  expect(currencyInHeader('Value in €')).toBe('EUR');
  expect(currencyInHeader('amount (eur)')).toBe('EUR');
  expect(currencyInHeader('Amount (zł)')).toBe('PLN');
  expect(currencyInHeader('amount_usd')).toBe('USD');
  expect(currencyInHeader('Deal - Value')).toBeUndefined();
  expect(currencyInHeader('TOTAL ALL')).toBeUndefined();
});

test('refuses an amount that names another currency than its field', () => {
  expect(currencyIn('€1,200', 'USD')).toBe('EUR');
  expect(currencyIn('1200 EUR', 'EUR')).toBeUndefined();
  expect(currencyIn('$1,200', 'CAD')).toBeUndefined();
  expect(currencyIn('1,200.50', 'USD')).toBeUndefined();
  const draft = { ...dealDraft(), name: 'Menu', amount: '€1,200' };
  expect(checkDeal(draft).amount).toContain('EUR');
  expect(checkDeal({ ...draft, currency: 'EUR' })).toEqual({});
  expect(checkDeal({ ...draft, amount: '1', currency: 'ZZZ' }).currency).toContain('not a currency code');
});
