import { expect, test, vi } from 'vitest';
import { mutate } from './write';
import type { Edit } from '$lib/entities/mutation';
import { testStore, watchOutbox } from './test-store';
import { onWrite } from './writes';

const contact = (id: string, last_name: string): Edit => ({
  op: 'insert',
  entity: 'contacts',
  id,
  values: { last_name },
});

test('saves of one tick share a transaction, and each keeps its own mutation in the order of the calls', async () => {
  const store = await testStore();
  const transactions = new Set<unknown>();
  watchOutbox((_entry, transaction) => void transactions.add(transaction));
  const names = Array.from({ length: 600 }, (_, n) => `No ${n}`);
  await Promise.all(names.map((name) => mutate(store, [contact(store.newId(), name)])));
  expect((await store.db.outbox.toArray()).map(({ patch }) => patch.last_name)).toEqual(names);
  expect(transactions.size).toBe(2);
});

test('two saves of one record in one tick build on each other', async () => {
  const store = await testStore();
  const id = store.newId();
  const update = (values: object): Edit => ({ op: 'update', entity: 'contacts', id, values });
  await Promise.all([
    mutate(store, [contact(id, 'Moreau')]),
    mutate(store, [update({ title: 'Cook' })]),
    mutate(store, [update({ title: 'Chef' })]),
  ]);
  expect(await store.db.rows('contacts').get(id)).toMatchObject({ last_name: 'Moreau', title: 'Chef' });
  expect((await store.db.outbox.toArray()).map(({ base }) => base)).toEqual([
    {},
    { title: null },
    { title: 'Cook' },
  ]);
  expect(await store.db.base_rows.toArray()).toEqual([{ entity: 'contacts', id, row: null }]);
});

test('a refused save takes no other of its tick along, and leaves nothing behind', async () => {
  const store = await testStore();
  const [id, lost] = [store.newId(), store.newId()];
  const missing: Edit = { op: 'update', entity: 'contacts', id: store.newId(), values: { title: 'Chef' } };
  const outcomes = await Promise.allSettled([
    mutate(store, [contact(lost, 'Lost'), missing]),
    mutate(store, [contact(id, 'Kept')]),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((await store.db.rows('contacts').toArray()).map((row) => row.id)).toEqual([id]);
  expect(await store.db.base_rows.count()).toBe(1);
});

test('where a transaction is aborted, each of its saves gets one of its own', async () => {
  const store = await testStore();
  watchOutbox((entry) => {
    if (entry.patch.last_name === 'Too much') throw new DOMException('full', 'QuotaExceededError');
  });
  let announced = 0;
  const stop = onWrite(() => announced++);
  const names = ['First', 'Too much', 'Last'];
  const outcomes = await Promise.allSettled(
    names.map((name) => mutate(store, [contact(store.newId(), name)])),
  );
  stop();
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { code: 'storage_full' } });
  expect((await store.db.rows('contacts').toArray()).map((row) => row.last_name).sort()).toEqual([
    'First',
    'Last',
  ]);
  expect(await store.db.base_rows.count()).toBe(2);
  expect(announced).toBe(2);
});

test('whatever goes wrong where a save is announced, nothing is stored twice', async () => {
  const store = await testStore();
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const stop = onWrite(() => {
    throw new Error('A listener broke.');
  });
  await Promise.all(['First', 'Second'].map((name) => mutate(store, [contact(store.newId(), name)])));
  await mutate(store, [contact(store.newId(), 'Third')]);
  stop();
  expect(said).toHaveBeenCalledTimes(2);
  said.mockRestore();
  expect(await store.db.outbox.count()).toBe(3);
});
