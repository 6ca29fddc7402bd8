import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { openStore, type Store } from '$lib/store/store';
import { recentlyTouched } from './recent';

let store: Store;
let now = new Date('2026-03-15T12:00:00Z');
const contact = '01900000-0000-7000-8000-000000000001';
const company = '01900000-0000-7000-8000-000000000002';

beforeEach(async () => {
  now = new Date('2026-03-15T12:00:00Z');
  store = await openStore(crypto.randomUUID(), { clock: () => now });
  setCurrentStore(store);
  await mutate(store, [{ op: 'insert', entity: 'contacts', id: contact, values: { first_name: 'Ines' } }]);
  now = new Date('2026-03-15T13:00:00Z');
  await mutate(store, [{ op: 'insert', entity: 'companies', id: company, values: { name: 'Nordlys' } }]);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const note = (occurred_at: string) =>
  mutate(store, [
    {
      op: 'insert',
      entity: 'notes',
      id: store.newId(),
      values: { body: 'Hello', contact_id: contact, occurred_at },
    },
  ]);
const labels = async () => (await recentlyTouched()).map(({ label }) => label);

test('a note touches the record it is about', async () => {
  expect(await labels()).toEqual(['Nordlys', 'Ines']);
  now = new Date('2026-03-15T14:00:00Z');
  await note(now.toISOString());
  expect(await labels()).toEqual(['Ines', 'Nordlys']);
});

test('a note dated in the future does not stay on top', async () => {
  await note('2030-01-01T00:00:00Z');
  expect(await labels()).toEqual(['Nordlys', 'Ines']);
});

test('a record made without a network was touched when it was made, until somebody changes it', async () => {
  const arrived = { version: 1, created_at: '2026-03-15T18:00:00Z', updated_at: '2026-03-15T18:00:00Z' };
  await store.db.rows('contacts').update(contact, { ...arrived, made_at: '2026-03-15T12:00:00Z' });
  expect(await recentlyTouched()).toMatchObject([
    { label: 'Nordlys' },
    { label: 'Ines', at: '2026-03-15T12:00:00Z' },
  ]);
  await store.db.rows('contacts').update(contact, { version: 2, updated_at: '2026-03-15T19:00:00Z' });
  expect(await labels()).toEqual(['Ines', 'Nordlys']);
});

test('leaves out deleted records', async () => {
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: contact }]);
  expect(await labels()).toEqual(['Nordlys']);
});
