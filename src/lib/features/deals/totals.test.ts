import { expect, test } from 'vitest';
import type { Stage } from '$lib/entities/deal';
import { exactTotal, listTotal } from './totals';

test('sums are kept apart per currency and never drift by a cent', () => {
  const deals = [
    ...Array.from({ length: 1000 }, () => ({ amount: 0.1, currency: 'USD' })),
    { amount: 0.2, currency: 'EUR' },
    { amount: null, currency: 'EUR' },
  ];
  expect(exactTotal(deals)).toBe('$100 + €0.20');
  expect(exactTotal([{ amount: null, currency: 'USD' }])).toBe('');
});

test('a lost deal is not in the sum of a list, except among lost deals alone', () => {
  const deal = (stage: Stage, amount: number) => ({ stage, amount, currency: 'USD' });
  const lost = deal('closed_lost', 900);
  const others = [deal('new_lead', 100), deal('closed_won', 40)];
  expect(listTotal([lost, ...others])).toEqual({ total: '$140', leftOut: 1 });
  expect(listTotal(others)).toEqual({ total: '$140', leftOut: 0 });
  expect(listTotal([lost, lost])).toEqual({ total: '$1,800', leftOut: 0 });
});
