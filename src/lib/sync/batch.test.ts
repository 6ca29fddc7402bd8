import { expect, test } from 'vitest';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { nextBatch } from './batch';

/** Notes of so many characters together that one request should not carry all of them. */
const notes = (store: Store, count: number): Edit[] =>
  Array.from({ length: count }, () => ({
    op: 'insert',
    entity: 'notes',
    id: store.newId(),
    values: { body: 'x'.repeat(90_000) },
  }));

test('one request carries only so much, the rest follows', async () => {
  const store = await testStore();
  await mutate(store, notes(store, 12));
  expect((await nextBatch(store.db))?.mutations.length).toBeLessThan(12);
});

test('a group never travels in pieces, neither behind others nor when it is too large for one request', async () => {
  const store = await testStore();
  await mutate(store, notes(store, 2));
  await mutate(store, notes(store, 12), { group: true });
  await mutate(store, notes(store, 1));
  const first = (await nextBatch(store.db))?.mutations ?? [];
  expect(first).toHaveLength(2);
  await store.db.outbox.bulkDelete(first.map(({ seq }) => seq));
  const second = (await nextBatch(store.db))?.mutations ?? [];
  expect(second).toHaveLength(12);
  expect(new Set(second.map(({ group_id }) => group_id)).size).toBe(1);
});
