import { expect, test } from 'vitest';
import type { Deal, Stage } from '$lib/entities/deal';
import { pipelineBars } from './pipeline';

const deal = (stage: Stage, more: Partial<Deal> = {}) =>
  ({ stage, owner_id: 'me', amount: 1000, currency: 'EUR', archived_at: null, ...more }) as Deal;

test('shows a bar for every open stage, in order', () => {
  const bars = pipelineBars([deal('closed_won')], 'me');
  expect(bars.map(({ stage }) => stage)).toEqual([
    'new_lead',
    'initial_outreach',
    'sample_visit_offered',
    'awaiting_response',
    'feedback_logged',
    'demo_scheduled',
  ]);
  expect(bars.every(({ count, share }) => count === 0 && share === 0)).toBe(true);
});

test("others' and archived deals are not counted", () => {
  const deals = [
    deal('new_lead'),
    deal('new_lead', { owner_id: 'you' }),
    deal('new_lead', { archived_at: '2026-01-01' }),
  ];
  expect(pipelineBars(deals, 'me')[0]).toEqual({ stage: 'new_lead', count: 1, total: '€1K', share: 1 });
});
