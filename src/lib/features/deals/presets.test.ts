import { expect, test } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import { presetTest } from './presets';

const now = new Date(2026, 10, 23, 9);
const deal = (values: Partial<Deal>) =>
  ({ stage: 'new_lead', expected_close_on: null, next_action_on: null, closed_at: null, ...values }) as Deal;
const holds = (id: string, values: Partial<Deal>) => presetTest(id)?.(deal(values), now);

test('"Closing this month" has open deals that are expected to close in it', () => {
  expect(holds('closing', { expected_close_on: '2026-11-01' })).toBe(true);
  expect(holds('closing', { expected_close_on: '2026-12-01' })).toBe(false);
  expect(holds('closing', { expected_close_on: '2026-11-30', stage: 'closed_won' })).toBe(false);
});

test('a deal needs action if nothing is planned or the plan is due', () => {
  expect(holds('action', {})).toBe(true);
  expect(holds('action', { next_action_on: '2026-11-23' })).toBe(true);
  expect(holds('action', { next_action_on: '2026-11-24' })).toBe(false);
  expect(holds('action', { stage: 'closed_lost' })).toBe(false);
});

test('a win is recent for thirty days, and a loss never is', () => {
  const closed_at = new Date(2026, 10, 1).toISOString();
  expect(holds('won', { stage: 'closed_won', closed_at })).toBe(true);
  expect(holds('won', { stage: 'closed_lost', closed_at })).toBe(false);
  expect(holds('won', { stage: 'closed_won', closed_at: new Date(2026, 8, 1).toISOString() })).toBe(false);
  expect(presetTest('constructor')).toBeUndefined();
});
