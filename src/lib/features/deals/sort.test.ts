import { expect, test } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import type { DealItem } from './queries';
import { firstOf, readSorting, sectionsOf, sortDeals, writeSorting } from './sort';

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

test('sorting by a name groups deals under one heading each', () => {
  const named = ['Cafe', 'Café', null, 'Cafe'].map((companyName, n) => ({
    ...item(String(n), {}),
    companyName,
  }));
  const sections = sectionsOf(sortDeals(named, { by: 'company', down: false }), 'company', () => undefined);
  expect(sections.map(({ heading, items: own }) => [heading, own.length])).toEqual([
    ['Cafe', 2],
    ['Café', 1],
    ['No company', 1],
  ]);
  expect(firstOf(sections, 3).map(({ items: own }) => own.length)).toEqual([2, 1]);
  expect(sectionsOf(items, 'amount', () => undefined)).toHaveLength(1);
});

test('an address keeps a sort order, and an unknown one means by stage', () => {
  for (const sorting of [
    { by: 'amount', down: true },
    { by: 'owner', down: false },
    { by: 'stage', down: false },
  ] as const)
    expect(readSorting(writeSorting(sorting))).toEqual(sorting);
  expect(readSorting('constructor-down')).toEqual({ by: 'stage', down: false });
});
