import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/mutate';
import { openStore, type Store } from '$lib/store/store';
import { searchHits, searchIndex } from './search-index';

let store: Store;
const ids = { company: '', contact: '', deal: '' };

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
  for (const key of ['company', 'contact', 'deal'] as const) ids[key] = store.newId();
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: ids.company, values: { name: 'Café Łódź', city: 'Lyon' } },
    {
      op: 'insert',
      entity: 'contacts',
      id: ids.contact,
      values: {
        first_name: 'Ines',
        last_name: 'Moreau',
        company_id: ids.company,
        phones: [{ value: '+33 4 72 00 11 22', label: 'work' }],
      },
    },
    {
      op: 'insert',
      entity: 'deals',
      id: ids.deal,
      values: { name: 'Lodz tasting menu', company_id: ids.company },
    },
    {
      op: 'insert',
      entity: 'tasks',
      id: store.newId(),
      values: { title: 'Call the chef', deal_id: ids.deal },
    },
  ]);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const found = async (text: string) =>
  searchHits(await searchIndex(), text).map(({ group, label }) => `${group}: ${label}`);

test('accents and case do not matter, and every kind of record is found', async () => {
  expect(await found('LODZ')).toEqual([
    'Contacts: Ines Moreau',
    'Companies: Café Łódź',
    'Deals: Lodz tasting menu',
  ]);
});

test('digits in the middle of a phone number find its owner, however they are spaced', async () => {
  expect(await found('7200 11')).toEqual(['Contacts: Ines Moreau']);
});

test('a task leads to the record it is about', async () => {
  const [hit] = searchHits(await searchIndex(), 'call chef');
  expect(hit?.href).toBe(`/deals/${ids.deal}`);
});

test('what is deleted is not found, and no text finds nothing', async () => {
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: ids.contact }]);
  expect(await found('moreau')).toEqual([]);
  expect(await found('  ')).toEqual([]);
});
