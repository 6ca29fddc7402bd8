import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { mutate } from './write';
import type { Edit } from '$lib/entities/mutation';
import { testStore } from './test-store';

const contact = (id: string, values: Partial<Contact> = {}): Edit => ({
  op: 'insert',
  entity: 'contacts',
  id,
  values: { first_name: 'Ana', ...values },
});

test('a save is one row and one mutation', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [contact(id)]);
  expect(await store.db.rows('contacts').get(id)).toMatchObject({ first_name: 'Ana', tags: [], version: 0 });
  expect(await store.db.outbox.toArray()).toMatchObject([{ op: 'insert', id, state: 'pending', base: {} }]);
});

test('when one edit of a save cannot be stored, none is', async () => {
  const store = await testStore();
  const missing: Edit = { op: 'update', entity: 'contacts', id: store.newId(), values: { title: 'Chef' } };
  await expect(mutate(store, [contact(store.newId()), missing])).rejects.toMatchObject({ code: 'not_found' });
  expect(await store.db.rows('contacts').count()).toBe(0);
  expect(await store.db.outbox.count()).toBe(0);
});

test('the base is what the person saw, not what a pull brought meanwhile', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [contact(id, { title: 'Cook' })]);
  const seen = await store.db.rows('contacts').get(id);
  await store.db.rows('contacts').update(id, { title: 'Sous-chef' });
  await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { title: 'Chef' }, seen }]);
  expect((await store.db.outbox.toArray())[1]).toMatchObject({
    base: { title: 'Cook' },
    patch: { title: 'Chef' },
  });
});

test('a save that changes nothing sends nothing', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [contact(id)]);
  await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { first_name: 'Ana' } }]);
  expect(await store.db.outbox.count()).toBe(1);
});

test('two saves of one record stay two mutations', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [contact(id)]);
  for (const title of ['Cook', 'Chef'])
    await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { title } }]);
  expect((await store.db.outbox.toArray()).map((entry) => entry.patch.title)).toEqual([
    undefined,
    'Cook',
    'Chef',
  ]);
});

test('a text the server would refuse is refused before anything is stored', async () => {
  const store = await testStore();
  const note: Edit = {
    op: 'insert',
    entity: 'notes',
    id: store.newId(),
    values: { body: 'x'.repeat(5_000_000) },
  };
  await expect(mutate(store, [note])).rejects.toMatchObject({ code: 'too_long' });
  expect(await store.db.outbox.count()).toBe(0);
});

test('NUL and lone surrogates, which would stick the outbox, are replaced', async () => {
  const store = await testStore();
  await mutate(store, [contact(store.newId(), { last_name: 'a\0b\uD800' })]);
  expect((await store.db.outbox.toArray())[0]?.patch.last_name).toBe('a\uFFFDb\uFFFD');
});

test('only the mutations of a group carry its id', async () => {
  const store = await testStore();
  await mutate(store, [contact(store.newId()), contact(store.newId())], { group: true });
  await mutate(store, [contact(store.newId())], { group: true });
  const groups = (await store.db.outbox.toArray()).map((entry) => entry.group_id);
  expect(groups[0]).toBeTypeOf('string');
  expect(groups).toEqual([groups[0], groups[0], undefined]);
});
