import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { addTag, assign, remove } from './mutations';

async function twoContacts() {
  const store = await testStore();
  setCurrentStore(store);
  const ids = [store.newId(), store.newId()];
  for (const [index, id] of ids.entries())
    await mutate(store, [
      { op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana', tags: index ? ['vip'] : [] } },
    ]);
  const rows = async () => (await store.db.rows('contacts').bulkGet(ids)) as Contact[];
  return { store, rows };
}

test('writes only records that change, and undo restores each value', async () => {
  const { store, rows } = await twoContacts();
  const tagged = await addTag('contacts', await rows(), 'vip');
  expect(tagged.count).toBe(1);
  expect((await rows()).map(({ tags }) => tags)).toEqual([['vip'], ['vip']]);
  await tagged.undo();
  expect((await rows()).map(({ tags }) => tags)).toEqual([[], ['vip']]);
  expect(await store.db.outbox.count()).toBe(4);
});

test('undoing a tag keeps tags that were added since', async () => {
  const { store, rows } = await twoContacts();
  const { undo } = await addTag('contacts', await rows(), 'tour');
  const [first] = await rows();
  await mutate(store, [
    { op: 'update', entity: 'contacts', id: first?.id ?? '', values: { tags: ['tour', 'late'] } },
  ]);
  await undo();
  expect((await rows())[0]?.tags).toEqual(['late']);
});

test('undo restores reassigned and deleted records', async () => {
  const { store, rows } = await twoContacts();
  const given = await assign('contacts', await rows(), store.userId);
  expect((await rows()).map(({ owner_id }) => owner_id)).toEqual([store.userId, store.userId]);
  await given.undo();
  const gone = await remove('contacts', await rows());
  expect((await rows()).every(({ deleted_at }) => deleted_at)).toBe(true);
  await gone.undo();
  expect(await rows()).toMatchObject([
    { owner_id: null, deleted_at: null },
    { owner_id: null, deleted_at: null },
  ]);
});
