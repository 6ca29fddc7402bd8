import { expect, test } from 'vitest';
import { addressFact } from './fact';

const lines = (row: Partial<Parameters<typeof addressFact>[0]>) =>
  addressFact({ street: null, postal_code: null, city: null, region: null, country: null, ...row }).lines;

test.each([
  [{ city: 'Spokane', region: 'WA', postal_code: '99215', country: 'USA' }, 'Spokane, WA 99215\nUSA'],
  [{ city: 'Spokane', region: 'WA', postal_code: '99215' }, 'Spokane, WA 99215'],
  [{ street: '1 Oak St', city: 'Spokane', postal_code: '99215' }, '1 Oak St\nSpokane 99215'],
  [{ city: 'Berlin', postal_code: '10115', country: 'Germany' }, '10115 Berlin\nGermany'],
  [{ city: 'Puebla', region: 'PUE', postal_code: '72000', country: 'Mexico' }, '72000 Puebla, PUE\nMexico'],
  [{ region: 'WA' }, 'WA'],
])('writes an address as its country does: %j', (row, text) => {
  expect(lines(row)).toEqual([{ text }]);
});

test('shows no line for an empty address', () => {
  expect(lines({})).toEqual([]);
});
