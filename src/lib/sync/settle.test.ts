import { afterEach, beforeEach, expect, test } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { mutate } from '$lib/store/write';
import { countWaiting } from '$lib/store/outbox';
import type { OutboxEntry } from '$lib/store/tables';
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

test('an answer that a clock dated ahead holds up none behind it, and grows old from now on', async () => {
  await store.db.outbox.bulkAdd([
    entry({ state: 'settled', answered_at: daysAgo(-400) }),
    entry({ state: 'settled', answered_at: daysAgo(16) }),
    entry({ state: 'settled', answered_at: daysAgo(1) }),
  ]);
  await settle(store, []);
  const left = await store.db.outbox.orderBy('seq').toArray();
  expect(left.map(({ seq, answered_at }) => [seq, answered_at])).toEqual([
    [1, daysAgo(0)],
    [3, daysAgo(1)],
  ]);
});

test('a clock that jumps weeks ahead forgets nothing, because the time is the server’s', async () => {
  await store.db.outbox.bulkAdd([entry({ state: 'settled', answered_at: daysAgo(30) })]);
  await settle(store, [], [], undefined, new Date(daysAgo(29)));
  expect(await store.db.outbox.count()).toBe(1);
});

test.each([1, 60])(
  'what %i records settle by is undone as a whole where the transaction fails after it',
  async (count) => {
    const { db } = store;
    const made = Array.from({ length: count }, () => ({ id: store.newId(), values: { first_name: 'Ana' } }));
    await mutate(
      store,
      made.map(({ id, values }) => ({ op: 'insert', entity: 'contacts', id, values })),
    );
    await db.outbox.toCollection().modify({ state: 'acknowledged', answered_at: daysAgo(0) });
    const held = async () => [
      await db.outbox.toArray(),
      await db.base_rows.toArray(),
      await db.rows('contacts').toArray(),
    ];
    const before = await held();
    const tables = [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows];
    const settling = db.transaction('rw', tables, async () => {
      await settle(store, await db.outbox.toCollection().primaryKeys());
      throw new Error('The device ran out of power.');
    });
    await expect(settling).rejects.toThrow('out of power');
    expect(await held()).toEqual(before);
  },
);
