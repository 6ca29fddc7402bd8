import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import type { Changes } from './changes';
import { CrmDatabase } from './database';
import { mutate } from './write';
import type { Store } from './store';
import { testStore } from './test-store';

let store: Store;
let tab: CrmDatabase;
let heard: Changes[];

beforeEach(async () => {
  store = await testStore();
  tab = new CrmDatabase(store.userId);
  onTestFinished(() => tab.close());
  await tab.open();
  heard = [];
  tab.changes.subscribe((changes) => heard.push(changes));
});

const ids = (count: number) => Array.from({ length: count }, () => store.newId()).sort();
const contact = (id: string) => ({ id, last_name: 'Moreau', deleted_at: null }) as Contact;

/** Returns all changes so far. It makes one last change and waits for it. */
async function heardInAll(): Promise<Changes[]> {
  await store.db.rows('deals').clear();
  await vi.waitFor(() => expect(heard).toContainEqual({ deals: null }));
  return heard.slice(0, -1);
}

test.each([3, 60])('another tab hears once which rows a save of %i changed', async (count) => {
  const people = ids(count);
  await mutate(
    store,
    people.map((id) => ({ op: 'insert', entity: 'contacts', id, values: { last_name: 'Moreau' } })),
  );
  expect(await heardInAll()).toEqual([{ contacts: people }]);
});

test.each([3, 60])('and which rows a page of a pull changed, of %i', async (count) => {
  const people = ids(count);
  await store.db.rows('contacts').bulkPut(people.map(contact));
  expect(await heardInAll()).toEqual([{ contacts: people }]);
});

test('what was under way when a tab was closed is told to the others', async () => {
  const people = ids(60);
  await store.db
    .transaction('rw', store.db.rows('contacts'), async () => {
      await store.db.rows('contacts').bulkPut(people.map(contact));
      store.db.close();
    })
    .catch(() => undefined);
  await vi.waitFor(() => expect(heard).toEqual([{ contacts: people }]));
  expect(await tab.rows('contacts').count()).toBe(60);
});

test('a table that is emptied is told as one of which any row may be gone', async () => {
  await store.db.rows('contacts').clear();
  await vi.waitFor(() => expect(heard).toEqual([{ contacts: null }]));
});

test('who saves has its own rows up to date when the save is stored', async () => {
  const [id = ''] = ids(1);
  expect(await store.db.living('contacts').read()).toEqual([]);
  await mutate(store, [{ op: 'insert', entity: 'contacts', id, values: { last_name: 'Moreau' } }]);
  expect(await store.db.living('contacts').read()).toMatchObject([{ id }]);
});

test('what another tab wrote while this one was put away is among its rows when it goes on', async () => {
  expect(await tab.living('contacts').read()).toEqual([]);
  // As Dexie does when the browser puts the page into its cache; the next question opens it again.
  tab.close({ disableAutoOpen: false });
  await store.db.rows('contacts').put(contact(store.newId()));
  expect(heard).toEqual([]);
  expect(await tab.rows('contacts').count()).toBe(1);
  expect(await tab.living('contacts').read()).toHaveLength(1);
  await store.db.rows('contacts').bulkPut(ids(60).map(contact));
  await vi.waitFor(async () => expect(await tab.living('contacts').read()).toHaveLength(61));
});
