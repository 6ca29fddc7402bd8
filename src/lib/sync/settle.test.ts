import { afterEach, beforeEach, expect, test } from 'vitest';
import { countWaiting } from '$lib/store/outbox';
import type { OutboxEntry } from '$lib/store/records';
import { openStore, type Store } from '$lib/store/store';
import { settle } from './settle';

const now = new Date('2026-11-22T09:00:00.000Z');
let store: Store;

beforeEach(async () => (store = await openStore(crypto.randomUUID(), { clock: () => now })));
afterEach(() => store.db.delete());

const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000).toISOString();
const entry = (values: Partial<OutboxEntry>) =>
  ({
    mutation_id: crypto.randomUUID(),
    entity: 'contacts',
    id: crypto.randomUUID(),
    op: 'insert',
    base_version: 0,
    base: {},
    patch: {},
    occurred_at: daysAgo(20),
    ...values,
  }) as OutboxEntry;

test('what settled leaves after 14 days, what waits stays however old it is', async () => {
  await store.db.outbox.bulkAdd([
    entry({ state: 'pending' }),
    entry({ state: 'settled', answered_at: daysAgo(16) }),
    entry({ state: 'reoffered', answered_at: daysAgo(16) }),
    entry({ state: 'settled', answered_at: daysAgo(14.1) }),
    entry({ state: 'settled', answered_at: daysAgo(13.9) }),
    entry({ state: 'refused', answered_at: daysAgo(16) }),
    entry({ state: 'settled', answered_at: daysAgo(1) }),
  ]);
  await settle(store, []);
  const left = await store.db.outbox.orderBy('seq').toArray();
  expect(left.map(({ seq, state }) => `${seq} ${state}`)).toEqual([
    '1 pending',
    '3 reoffered',
    '5 settled',
    '6 refused',
    '7 settled',
  ]);
  expect(await countWaiting(store.db)).toBe(2);
});
