import { expect, test } from 'vitest';
import type { Stage } from '$lib/entities/deal';
import { listTotal } from './totals';

test('a list total leaves out lost deals, unless all are lost', () => {
  const deal = (stage: Stage, amount: number) => ({ stage, amount, currency: 'USD' });
  const lost = deal('closed_lost', 900);
  const others = [deal('new_lead', 100), deal('closed_won', 40)];
  expect(listTotal([lost, ...others])).toEqual({ total: '$140', short: '$140', leftOut: 1 });
  expect(listTotal(others)).toEqual({ total: '$140', short: '$140', leftOut: 0 });
  expect(listTotal([lost, lost])).toEqual({ total: '$1,800', short: '$1.8K', leftOut: 0 });
});
