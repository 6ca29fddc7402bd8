import { expect, test } from 'vitest';
import type { Row } from '$lib/entities/registry';
import { discardMutation } from './discard';
import { mergeRecords } from './merge-records';
import { mutate } from './write';
import { rebaseRow } from './rebase-rows';
import { testStore } from './test-store';

async function twoContacts() {
  const store = await testStore();
  const [into, from, note, deal] = [store.newId(), store.newId(), store.newId(), store.newId()];
  await mutate(store, [
    {
      op: 'insert',
      entity: 'contacts',
      id: into,
      values: { first_name: 'Ada', title: 'Chef', tags: ['a'] },
    },
    {
      op: 'insert',
      entity: 'contacts',
      id: from,
      values: { first_name: 'Adah', title: 'Owner', city: 'Berlin', tags: ['b'] },
    },
    { op: 'insert', entity: 'notes', id: note, values: { body: 'Called', contact_id: from } },
    { op: 'insert', entity: 'deals', id: deal, values: { name: 'Big', contact_ids: [from, into] } },
  ]);
  const row = (id: string) => store.db.rows('contacts').get(id);
  const merge = (choices: Record<string, string> = {}) =>
    mergeRecords(store, { entity: 'contacts', id: into, from: [from], choices });
  return { store, into, from, note, deal, row, merge };
}

test('a merge moves what belongs to the merged one, unites sets and takes what was chosen', async () => {
  const { store, into, from, note, deal, row, merge } = await twoContacts();
  await merge({ title: from });
  expect(await row(into)).toMatchObject({
    first_name: 'Ada',
    title: 'Owner',
    city: 'Berlin',
    tags: ['a', 'b'],
    deleted_at: null,
  });
  expect(await row(from)).toMatchObject({ merged_into: into, deleted_at: expect.any(String) });
  expect(await store.db.rows('notes').get(note)).toMatchObject({ contact_id: into });
  expect(await store.db.rows('deals').get(deal)).toMatchObject({ contact_ids: [into] });
});

test('whatever a merge moves, one mutation is sent', async () => {
  const { store, into, from, merge } = await twoContacts();
  await merge();
  const entries = await store.db.outbox.toArray();
  expect(entries.slice(4)).toMatchObject([{ op: 'merge', id: into, patch: { into, from: [from] } }]);
});

test('what a pull brings of a merged record does not bring it back before the server has decided', async () => {
  const { store, into, from, note, row, merge } = await twoContacts();
  await merge();
  await store.db.base_rows.update(['contacts', from], {
    row: { ...(await row(from)), deleted_at: null } as Row,
  });
  await rebaseRow(store, 'contacts', from);
  await rebaseRow(store, 'notes', note);
  expect(await row(from)).toMatchObject({ merged_into: into, deleted_at: expect.any(String) });
  expect(await store.db.rows('notes').get(note)).toMatchObject({ contact_id: into });
});

test('a discarded merge leaves every record as it was', async () => {
  const { store, into, from, note, deal, row, merge } = await twoContacts();
  const before = await Promise.all([row(into), row(from)]);
  await merge({ title: from });
  const last = (await store.db.outbox.toArray()).at(-1);
  await discardMutation(store, last?.seq ?? 0);
  expect(await Promise.all([row(into), row(from)])).toEqual(before);
  expect(await store.db.rows('notes').get(note)).toMatchObject({ contact_id: from });
  expect(await store.db.rows('deals').get(deal)).toMatchObject({ contact_ids: [from, into] });
});

test('a restored record stands alone again', async () => {
  const { store, from, row, merge } = await twoContacts();
  await merge();
  await mutate(store, [{ op: 'restore', entity: 'contacts', id: from }]);
  expect(await row(from)).toMatchObject({ merged_into: null, deleted_at: null });
});

test('a record that is gone cannot be merged, and nothing is stored', async () => {
  const { store, from, row, merge } = await twoContacts();
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: from }]);
  await expect(merge()).rejects.toMatchObject({ code: 'not_found' });
  expect(await store.db.outbox.count()).toBe(5);
  expect(await row(from)).toMatchObject({ merged_into: null });
});
