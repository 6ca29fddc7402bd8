import { expect, test } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import { byStage, filterDeals, isOverdue, principalsOf, stageOf } from './filter';
import type { DealItem } from './queries';

function item(
  values: Partial<Deal>,
  companyName: string | null = null,
  principalName: string | null = null,
): DealItem {
  const deal = {
    name: '',
    stage: 'new_lead',
    tags: [],
    archived_at: null,
    next_action: null,
    source: null,
    ...values,
  };
  return { deal: deal as unknown as Deal, companyName, principalName };
}
const items = [
  item({ id: '1', name: 'Poke program', owner_id: 'me', principal_id: 'p' }, 'Café Zürich', 'Kikkoman'),
  item({ id: '2', name: 'Tuna', stage: 'closed_won', archived_at: '2026-01-01T00:00:00.000Z' }),
  item({ id: '3', name: 'Rice', stage: 'closed_lost', tags: ['bulk'] }),
];
const ids = (found: DealItem[]) => found.map(({ deal }) => deal.id);

test('finds a deal by name, company, principal, tags and stage', () => {
  for (const text of ['poke', 'zurich cafe', 'KIKKO', 'new lead'])
    expect(ids(filterDeals(items, { text }))).toEqual(['1']);
  expect(ids(filterDeals(items, { text: 'bulk' }))).toEqual(['3']);
});

test('archived deals show only when asked for', () => {
  expect(ids(filterDeals(items, { text: '' }))).toEqual(['1', '3']);
  expect(ids(filterDeals(items, { text: '', archived: true }))).toEqual(['2']);
});

test('owner, principal and stage narrow together', () => {
  expect(ids(filterDeals(items, { text: '', owner: 'me', principal: 'p', stage: 'new_lead' }))).toEqual([
    '1',
  ]);
  expect(filterDeals(items, { text: '', owner: 'me', stage: 'closed_lost' })).toEqual([]);
});

test('every stage has a column, and an unknown stage filters nothing', () => {
  expect(Object.keys(byStage(items))).toHaveLength(8);
  expect(ids(byStage(items).closed_won)).toEqual(['2']);
  expect(stageOf('closed_won')).toBe('closed_won');
  expect(stageOf('constructor')).toBeUndefined();
  expect(principalsOf(items)).toEqual([{ id: 'p', name: 'Kikkoman' }]);
});

test('a next action is overdue from the next day, never on a closed deal', () => {
  const deal = { next_action_on: '2026-11-21', stage: 'new_lead' as const };
  expect(isOverdue(deal, '2026-11-22')).toBe(true);
  expect(isOverdue(deal, '2026-11-21')).toBe(false);
  expect(isOverdue({ ...deal, stage: 'closed_won' }, '2026-11-22')).toBe(false);
});
