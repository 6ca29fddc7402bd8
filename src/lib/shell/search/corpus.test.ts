import { onTestFinished, expect, test, vi } from 'vitest';
import { CrmDatabase } from '$lib/store/database';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { Corpus } from './corpus';

/** The corpus like in the search worker, with its own connection beside the page's. */
async function setup() {
  const store = await testStore();
  const ids = { company: store.newId(), contact: store.newId(), deal: store.newId() };
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
  const db = new CrmDatabase(store.userId);
  await db.open();
  onTestFinished(() => db.close());
  let changed: () => void;
  const heard = () => new Promise<void>((resolve) => (changed = resolve));
  const corpus = new Corpus(db, () => changed());
  const found = async (text: string) =>
    (await corpus.find(text)).map(({ group, label, hint }) => `${group}: ${label} (${hint})`);
  return { db, store, ids, corpus, found, heard };
}

test('accents and case do not matter, and every kind of record is found', async () => {
  const { found } = await setup();
  expect(await found('LODZ')).toEqual([
    'Contacts: Ines Moreau (Café Łódź)',
    'Companies: Café Łódź (Lyon)',
    'Deals: Lodz tasting menu (New lead, Café Łódź)',
  ]);
});

test('finds a phone number by digits in its middle, however spaced', async () => {
  const { found } = await setup();
  expect(await found('7200 11')).toEqual(['Contacts: Ines Moreau (Café Łódź)']);
});

test('a task leads to the record it is about', async () => {
  const { corpus, ids } = await setup();
  const [hit] = await corpus.find('call chef');
  expect(hit?.href).toBe(`/deals/${ids.deal}`);
});

test('follows saves, renames and deletions of another thread', async () => {
  const { store, ids, found, heard } = await setup();
  expect(await found('bertrand')).toEqual([]);
  let change = heard();
  const values = { first_name: 'Luc', last_name: 'Bertrand' };
  await mutate(store, [{ op: 'insert', entity: 'contacts', id: store.newId(), values }]);
  await change;
  expect(await found('bertrand')).toEqual(['Contacts: Luc Bertrand ()']);
  change = heard();
  await mutate(store, [
    { op: 'update', entity: 'companies', id: ids.company, values: { name: 'Chez Nous' } },
  ]);
  await change;
  await found('chez');
  expect(await found('chez')).toContain('Contacts: Ines Moreau (Chez Nous)');
  change = heard();
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: ids.contact }]);
  await change;
  expect(await found('moreau')).toEqual([]);
});

test('finds nothing after the working set has left the device', async () => {
  const { store, found, heard } = await setup();
  expect(await found('moreau')).not.toEqual([]);
  const change = heard();
  await store.db.rows('contacts').clear();
  await change;
  expect(await found('moreau')).toEqual([]);
});

test('after a failed read, the next search reads again', async () => {
  const { corpus, db } = await setup();
  const rows = vi.spyOn(db, 'rows').mockImplementationOnce(() => {
    throw new Error('The disk did not answer.');
  });
  await expect(corpus.find('lodz')).rejects.toThrow('did not answer');
  rows.mockRestore();
  expect((await corpus.find('lodz')).length).toBeGreaterThan(0);
});
