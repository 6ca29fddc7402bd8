import { expect, test } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import type { DealItem } from './queries';
import { sortDeals } from './sort';

const item = (id: string, values: Partial<Deal>) =>
  ({ deal: { id, ...values } as Deal, companyName: null, principalName: null }) satisfies DealItem;
const ids = (items: DealItem[]) => items.map(({ deal }) => deal.id);
const items = [
  item('a', { name: 'émile', stage: 'closed_won', amount: 9 }),
  item('b', { name: 'Zoo', stage: 'new_lead', amount: null }),
  item('c', { name: 'Deal 10', stage: 'new_lead', amount: 100 }),
  item('d', { name: 'deal 9', stage: 'demo_scheduled', amount: 20 }),
];

test('names sort as people sort them, stages as the pipeline does', () => {
  expect(ids(sortDeals(items, { by: 'name', down: false }))).toEqual(['d', 'c', 'a', 'b']);
  expect(ids(sortDeals(items, { by: 'stage', down: false }))).toEqual(['b', 'c', 'd', 'a']);
});

test('a deal without an amount comes last both ways', () => {
  expect(ids(sortDeals(items, { by: 'amount', down: false }))).toEqual(['a', 'd', 'c', 'b']);
  expect(ids(sortDeals(items, { by: 'amount', down: true }))).toEqual(['c', 'd', 'a', 'b']);
});
