import { expect, test } from 'vitest';
import { exactTotal } from './totals';

test('sums are kept apart per currency and never drift by a cent', () => {
  const deals = [
    ...Array.from({ length: 1000 }, () => ({ amount: 0.1, currency: 'USD' })),
    { amount: 0.2, currency: 'EUR' },
    { amount: null, currency: 'EUR' },
  ];
  expect(exactTotal(deals)).toBe('$100 + €0.20');
  expect(exactTotal([{ amount: null, currency: 'USD' }])).toBe('');
});
