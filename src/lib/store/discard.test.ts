import { expect, test } from 'vitest';
import { discardMutation } from './discard';
import { mutate } from './mutate';
import { testStore } from './test-store';

test('discarding an edit shows what is left and is itself an event', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana' } }]);
  await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { title: 'Chef' } }]);
  const entries = await store.db.outbox.toArray();
  await discardMutation(store, entries[1]?.seq ?? 0);
  expect(await store.db.rows('contacts').get(id)).toMatchObject({ first_name: 'Ana', title: null });
  expect(await store.db.events.toArray()).toMatchObject([{ action: 'discard', entity_id: id }]);
});

test('discarding the creation of a record takes its later edits along', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana' } }]);
  await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { title: 'Chef' } }]);
  const entries = await store.db.outbox.toArray();
  await discardMutation(store, entries[0]?.seq ?? 0);
  expect(await store.db.rows('contacts').get(id)).toBeUndefined();
  expect(await store.db.outbox.count()).toBe(0);
  expect(await store.db.base_rows.count()).toBe(0);
});
