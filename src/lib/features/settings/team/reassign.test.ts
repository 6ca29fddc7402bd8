import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { all } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { reassign, responsibilityOf } from './reassign';

let store: Store;
beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const [leaver, heir, other] = Array.from({ length: 3 }, () => crypto.randomUUID()) as [
  string,
  string,
  string,
];

test('reassigns everything of a person who left, and nothing else', async () => {
  const id = () => store.newId();
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: id(), values: { first_name: 'Ines', owner_id: leaver } },
    { op: 'insert', entity: 'contacts', id: id(), values: { first_name: 'Noor', owner_id: other } },
    { op: 'insert', entity: 'companies', id: id(), values: { name: 'Harbour Kitchen', owner_id: leaver } },
    { op: 'insert', entity: 'deals', id: id(), values: { name: 'Smoked char', owner_id: leaver } },
    { op: 'insert', entity: 'tasks', id: id(), values: { title: 'Call', assignee_id: leaver } },
    {
      op: 'insert',
      entity: 'tasks',
      id: id(),
      values: { title: 'Done', assignee_id: leaver, done_at: '2026-03-15T12:00:00.000Z' },
    },
  ]);
  expect(await responsibilityOf(leaver)).toEqual({ contacts: 1, companies: 1, deals: 1, tasks: 1 });
  expect((await reassign(leaver, heir)).count).toBe(4);
  expect(await responsibilityOf(leaver)).toEqual({ contacts: 0, companies: 0, deals: 0, tasks: 0 });
  const owners = (await all('contacts')).map(({ first_name, owner_id }) => [first_name, owner_id]).sort();
  expect(owners).toEqual([
    ['Ines', heir],
    ['Noor', other],
  ]);
  const tasks = (await all('tasks')).map(({ title, assignee_id }) => [title, assignee_id]).sort();
  expect(tasks).toEqual([
    ['Call', heir],
    ['Done', leaver],
  ]);
});

test('undo gives back only records that nobody has reassigned since', async () => {
  const [kept, given, theirs] = [store.newId(), store.newId(), store.newId()];
  const contact = (id: string, owner_id: string | null) =>
    ({ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ines', owner_id } }) as const;
  await mutate(store, [contact(kept, leaver), contact(given, leaver), contact(theirs, null)]);
  const { undo } = await reassign(leaver, null);
  await mutate(store, [{ op: 'update', entity: 'contacts', id: given, values: { owner_id: other } }]);
  await undo();
  const owners = new Map((await all('contacts')).map(({ id, owner_id }) => [id, owner_id]));
  expect([owners.get(kept), owners.get(given), owners.get(theirs)]).toEqual([leaver, other, null]);
});
