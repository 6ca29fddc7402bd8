import { expect, test } from 'vitest';
import { discardMutation, retryMutation } from './discard';
import { mutate } from './write';
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

/** A person with a new company, made as one; nothing is sent. */
async function personWithCompany() {
  const store = await testStore();
  const [company_id, id] = [store.newId(), store.newId()];
  await mutate(
    store,
    [
      { op: 'insert', entity: 'companies', id: company_id, values: { name: 'Harbour Foods' } },
      { op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana', company_id } },
    ],
    { group: true },
  );
  return { store, company_id, id };
}

test('of what is applied whole or not at all, nothing stays behind when a part is discarded', async () => {
  const { store, company_id, id } = await personWithCompany();
  await mutate(store, [
    { op: 'update', entity: 'companies', id: company_id, values: { city: 'Bergen' } },
    { op: 'update', entity: 'contacts', id, values: { title: 'Chef' } },
  ]);
  await discardMutation(store, (await store.db.outbox.toArray())[1]?.seq ?? 0);
  expect(await store.db.outbox.toArray()).toEqual([]);
  expect(await store.db.rows('companies').toArray()).toEqual([]);
  expect(await store.db.rows('contacts').toArray()).toEqual([]);
  const told = await store.db.events.toArray();
  expect(told.map(({ entity_id }) => entity_id).sort()).toEqual([company_id, id].sort());
});

test('of what is applied whole or not at all, everything is tried again when a part is', async () => {
  const { store } = await personWithCompany();
  await store.db.outbox.toCollection().modify({ state: 'refused' });
  await retryMutation(store, (await store.db.outbox.toArray())[1]?.seq ?? 0);
  expect((await store.db.outbox.toArray()).map(({ state }) => state)).toEqual(['pending', 'pending']);
});

test('what the server has answered meanwhile is neither discarded nor sent again', async () => {
  const { store, id } = await personWithCompany();
  await store.db.outbox.toCollection().modify({ state: 'acknowledged' });
  const [first] = await store.db.outbox.toArray();
  await discardMutation(store, first?.seq ?? 0);
  await retryMutation(store, first?.seq ?? 0);
  expect((await store.db.outbox.toArray()).map(({ state }) => state)).toEqual([
    'acknowledged',
    'acknowledged',
  ]);
  expect(await store.db.rows('contacts').get(id)).toMatchObject({ first_name: 'Ana' });
  expect(await store.db.events.count()).toBe(0);
});

test('a device that cannot store a discard still has the change, and logs none', async () => {
  const { store, id } = await personWithCompany();
  store.db.events.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const [first] = await store.db.outbox.toArray();
  await expect(discardMutation(store, first?.seq ?? 0)).rejects.toMatchObject({ code: 'storage_full' });
  expect(await store.db.outbox.count()).toBe(2);
  expect(await store.db.rows('contacts').get(id)).toMatchObject({ first_name: 'Ana' });
});
