import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { merge } from './merge';

let store: Store;
beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

async function insert(entity: 'contacts' | 'companies' | 'deals' | 'notes' | 'tasks', values: object) {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity, id, values }]);
  return id;
}
async function mergeContacts(into: string, from: string[]) {
  const survivor = await one('contacts', into);
  if (!survivor) throw new Error('the contact is missing');
  return merge('contacts', survivor, from, {});
}

test('undoing a merge returns notes, tasks and deals', async () => {
  const [ada, adah] = [
    await insert('contacts', { first_name: 'Ada' }),
    await insert('contacts', { first_name: 'Adah', city: 'Oslo' }),
  ];
  const mine = await insert('notes', { body: 'Called', contact_id: ada });
  const theirs = await insert('notes', { body: 'Met', contact_id: adah });
  const task = await insert('tasks', { title: 'Call', contact_id: adah });
  const both = await insert('deals', { name: 'Both', contact_ids: [adah, ada] });
  const single = await insert('deals', { name: 'One', contact_ids: [adah] });
  const undo = await mergeContacts(ada, [adah]);
  const later = await insert('notes', { body: 'Since then', contact_id: ada });
  await undo();
  expect(await one('contacts', ada)).toMatchObject({ city: null, deleted_at: null });
  expect(await one('contacts', adah)).toMatchObject({ merged_into: null, deleted_at: null });
  expect((await one('notes', mine))?.contact_id).toBe(ada);
  expect((await one('notes', theirs))?.contact_id).toBe(adah);
  expect((await one('notes', later))?.contact_id).toBe(ada);
  expect((await one('tasks', task))?.contact_id).toBe(adah);
  expect((await one('deals', both))?.contact_ids.toSorted()).toEqual([ada, adah].sort());
  expect((await one('deals', single))?.contact_ids).toEqual([adah]);
});

test('a note that was moved since the merge stays there', async () => {
  const [ada, adah, eve] = [
    await insert('contacts', { first_name: 'Ada' }),
    await insert('contacts', { first_name: 'Adah' }),
    await insert('contacts', { first_name: 'Eve' }),
  ];
  const note = await insert('notes', { body: 'Met', contact_id: adah });
  const undo = await mergeContacts(ada, [adah]);
  await mutate(store, [{ op: 'update', entity: 'notes', id: note, values: { contact_id: eve } }]);
  await undo();
  expect((await one('notes', note))?.contact_id).toBe(eve);
});

test('undoing a merge of companies returns people and deals', async () => {
  const [into, from] = [
    await insert('companies', { name: 'Casa' }),
    await insert('companies', { name: 'Casa Verde' }),
  ];
  const person = await insert('contacts', { first_name: 'Ana', company_id: from });
  const deal = await insert('deals', { name: 'Own', company_id: into, principal_id: from });
  const survivor = await one('companies', into);
  if (!survivor) throw new Error('the company is missing');
  const undo = await merge('companies', survivor, [from], {});
  expect(await one('deals', deal)).toMatchObject({ company_id: into, principal_id: into });
  await undo();
  expect((await one('contacts', person))?.company_id).toBe(from);
  expect(await one('deals', deal)).toMatchObject({ company_id: into, principal_id: from });
});
