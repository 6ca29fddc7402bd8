import { expect, test } from 'vitest';
import type { Deal, Stage } from '$lib/entities/deal';
import { placeOf } from './place-of';
import type { DealItem } from './queries';

const item = (id: string, stage: Stage = 'new_lead') =>
  ({ deal: { id, stage } as Deal, companyName: null, principalName: null }) satisfies DealItem;
const all = [item('a'), item('hidden'), item('b'), item('c'), item('x', 'closed_won')];
const deal = (id: string) => all.find((each) => each.deal.id === id)?.deal as Deal;

test('dropping a card on its own place moves nothing', () => {
  expect(placeOf(all, deal('b'), 'new_lead', 'a', 'c')).toBeUndefined();
  expect(placeOf(all, deal('c'), 'new_lead', 'b', undefined)).toBeUndefined();
});

test('finds a place among all deals of the stage, including hidden ones', () => {
  expect(placeOf(all, deal('x'), 'new_lead', 'a', 'b')?.index).toBe(2);
  expect(placeOf(all, deal('x'), 'new_lead', 'a', undefined)?.index).toBe(1);
  expect(placeOf(all, deal('c'), 'new_lead', undefined, 'a')).toMatchObject({ index: 0 });
});

test('a card dropped on an empty column is first', () => {
  expect(placeOf(all, deal('a'), 'demo_scheduled', undefined, undefined)).toEqual({ ordered: [], index: 0 });
});
