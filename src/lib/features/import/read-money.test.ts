import { expect, test } from 'vitest';
import { readMoney } from './read-money';

test.each([
  ['1.234,56 €', undefined, 1234.56, 'EUR'],
  ['£1,234.56', undefined, 1234.56, 'GBP'],
  ['EUR 1234.56', undefined, 1234.56, 'EUR'],
  ["CHF 1'234.50", undefined, 1234.5, 'CHF'],
  ['CHF 1’234.50', undefined, 1234.5, 'CHF'],
  ['$1,234.56', undefined, 1234.56, 'USD'],
  ['$1,234.56', 'CAD', 1234.56, 'CAD'],
  ['$ 20,000', 'MXN', 20000, 'MXN'],
  ['1,23,456.78', 'INR', 123456.78, 'INR'],
  ['₹1,23,45,678', undefined, 12345678, 'INR'],
  ['R$ 1.234,56', 'BRL', 1234.56, 'BRL'],
  ['1 234,56 zł', 'PLN', 1234.56, 'PLN'],
  ['1\u00a0234,56\u00a0zł', undefined, 1234.56, 'PLN'],
  ['1\u202f234,56 €', undefined, 1234.56, 'EUR'],
  ['1.5E+06', 'USD', 1500000, 'USD'],
  ['US$ 2,500', undefined, 2500, 'USD'],
  ['2.5k', 'USD', 2500, 'USD'],
  ['25k€', undefined, 25000, 'EUR'],
  ['1,2 Mio. €', undefined, 1200000, 'EUR'],
  ['1500.000', 'USD', 1500, 'USD'],
  ['1.250', 'KWD', 1.25, 'KWD'],
  ['1.500', 'JPY', 1500, 'JPY'],
  ['¥1,500', undefined, 1500, 'JPY'],
  ['¥1,500.00', 'CNY', 1500, 'CNY'],
  ['1.234,-', 'EUR', 1234, 'EUR'],
  ["1'234.-- Fr.", undefined, 1234, 'CHF'],
  ['kr 500', 'NOK', 500, 'NOK'],
  ['1.234.567', 'EUR', 1234567, 'EUR'],
  ['１２３４', 'JPY', 1234, 'JPY'],
  ['٤٥٠', 'EGP', 450, 'EGP'],
  ['.5', undefined, 0.5, undefined],
  ['1234', undefined, 1234, undefined],
  ['C$ 100', undefined, 100, 'CAD'],
  ['$2,500 CAD', undefined, 2500, 'CAD'],
  ['CAD $1,234.56', undefined, 1234.56, 'CAD'],
  ['1 234,56 $ CA', undefined, 1234.56, 'CAD'],
  ['GBP £1,500', undefined, 1500, 'GBP'],
  ['$1,234.56 M.N.', undefined, 1234.56, 'MXN'],
  ['$1,234.56 MN', undefined, 1234.56, 'MXN'],
  ['USD 1.2 mn', undefined, 1200000, 'USD'],
  ['1,234.56 pesos mexicanos', undefined, 1234.56, 'MXN'],
  ['1,500 Canadian dollars', undefined, 1500, 'CAD'],
  ['1 234,56 Kč', undefined, 1234.56, 'CZK'],
  ['1 234,- Kč', undefined, 1234, 'CZK'],
  ['1,234,567원', undefined, 1234567, 'KRW'],
  ['12万円', undefined, 120000, 'JPY'],
  ['₹12,34,567/-', undefined, 1234567, 'INR'],
  ['₹2.5 Cr', undefined, 25000000, 'INR'],
  ['1 500:-', 'SEK', 1500, 'SEK'],
  ['٤٬٥٠٠٫٥٠', 'EGP', 4500.5, 'EGP'],
  ['CHF 1´234.50', undefined, 1234.5, 'CHF'],
  ['CHF 1`234.50', undefined, 1234.5, 'CHF'],
  ['10 TEUR', undefined, 10000, 'EUR'],
  ['2,5 MSEK', undefined, 2500000, 'SEK'],
  ['$1.5MM', undefined, 1500000, 'USD'],
  ['25 tys. zł', undefined, 25000, 'PLN'],
  ['1 500 F CFA', 'XOF', 1500, 'XOF'],
  ['KSh 1,234', undefined, 1234, 'KES'],
  ['RD$1,500.50', undefined, 1500.5, 'DOP'],
  ['="1500"', 'USD', 1500, 'USD'],
] as const)('%j with the currency %s is %d %s', (text, other, amount, currency) => {
  expect(readMoney(text, other)).toEqual({ kind: 'read', amount, ...(currency ? { currency } : {}) });
});

test('a point before three digits is asked about, and read as the person says', () => {
  expect(readMoney('1.500', 'EUR')).toEqual({ kind: 'ambiguous' });
  expect(readMoney('1.500 €', undefined, { comma: 'decimals', point: 'thousands' })).toMatchObject({
    amount: 1500,
  });
  expect(readMoney('1.500', 'EUR', { comma: 'thousands', point: 'decimals' })).toMatchObject({ amount: 1.5 });
});

test.each([
  ['(500)', 'USD', /negative/],
  ['-500', 'USD', /negative/],
  ['€ −1.234,50', undefined, /negative/],
  ['500-', 'USD', /negative/],
  ['kr 500', undefined, /which currency/],
  ['Rs 500', undefined, /which currency/],
  ['€ 500', 'USD', /different currency/],
  ['500 Bitcoin', undefined, /not an amount/],
  ['12 months', 'USD', /not an amount/],
  ['10-20', 'USD', /not an amount/],
  ['1,2,3', 'USD', /not an amount/],
  ['call me', 'USD', /not an amount/],
  ['1.2345', 'USD', /more than two decimals/],
  ['1E+15', 'USD', /too large/],
  ['500 CR', 'USD', /not an amount/],
  ['500 dollars', 'MXN', /different currency/],
  ['500 km', undefined, /which currency/],
  ['500 lb', undefined, /not an amount/],
  ['12 34', 'EUR', /not an amount/],
  ['044 123 45 67', 'CHF', /not an amount/],
  ["1'2", 'EUR', /not an amount/],
])('%j with the currency %s is refused with its reason', (text, other, reason) => {
  expect(readMoney(text, other)).toEqual({
    kind: 'unreadable',
    reason: expect.stringMatching(reason) as string,
  });
});
