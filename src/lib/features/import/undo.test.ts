import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EntityName } from '$lib/entities/registry';
import { setCurrentStore } from '$lib/store/current';
import { mergeRecords } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { all, one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { undoImport } from './undo';

let store: Store;
let batch: string;
let now = Date.parse('2026-11-20T09:00:00.000Z');

beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => new Date((now += 1000)) });
  setCurrentStore(store);
  batch = await add('import_batches', { entity: 'contacts', file_name: 'people.csv', row_count: 1 });
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

async function add(entity: EntityName, values: object): Promise<string> {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity, id, values } as Edit]);
  return id;
}
const imported = (entity: EntityName, values: object) => add(entity, { ...values, import_batch_id: batch });
const change = (entity: EntityName, id: string, values: object) =>
  mutate(store, [{ op: 'update', entity, id, values } as Edit]);
const mergeInto = (entity: 'contacts' | 'companies', id: string, from: string[]) =>
  mergeRecords(store, { entity, id, from, choices: {} });
const isThere = async (entity: EntityName, id: string) => (await one(entity, id))?.deleted_at === null;

test('restores an older contact that was merged into an imported one', async () => {
  const company = await imported('companies', { name: 'Zund Co' });
  const older = await add('contacts', { first_name: 'Zund', last_name: 'Older', city: 'Ulm', tags: ['vip'] });
  const [note, deal] = [
    await add('notes', { body: 'Called', contact_id: older }),
    await add('deals', { name: 'Big', contact_ids: [older] }),
  ];
  const before = await one('contacts', older);
  const newer = await imported('contacts', {
    first_name: 'Zund',
    last_name: 'Newcomer',
    company_id: company,
  });
  await mergeInto('contacts', newer, [older]);
  await add('tasks', { title: 'Call again', contact_id: newer });
  const undone = await undoImport(batch);
  expect(undone).toEqual({ removed: 2, restored: 1, left: [] });
  const unharmed = { ...before, updated_at: expect.any(String) };
  expect(await one('contacts', older)).toMatchObject(unharmed);
  expect([await isThere('contacts', newer), await isThere('companies', company)]).toEqual([false, false]);
  expect(await one('notes', note)).toMatchObject({ contact_id: older });
  expect(await one('deals', deal)).toMatchObject({ contact_ids: [older] });
  expect((await all('tasks')).map(({ contact_id }) => contact_id)).toEqual([older]);
});

test('restores an older company that was merged, with its people', async () => {
  const older = await add('companies', { name: 'Zund' });
  const person = await add('contacts', { first_name: 'Ada', company_id: older });
  const newer = await imported('companies', { name: 'Zund Co' });
  await mergeInto('companies', newer, [older]);
  expect(await undoImport(batch)).toEqual({ removed: 1, restored: 1, left: [] });
  expect(await one('contacts', person)).toMatchObject({ company_id: older });
  expect([await isThere('companies', older), await isThere('companies', newer)]).toEqual([true, false]);
});

test('finds a record that was merged twice', async () => {
  const older = await add('contacts', { first_name: 'Older' });
  const [first, second] = [
    await imported('contacts', { first_name: 'First' }),
    await imported('contacts', { first_name: 'Second' }),
  ];
  await mergeInto('contacts', first, [older]);
  await mergeInto('contacts', second, [first]);
  expect(await undoImport(batch)).toMatchObject({ removed: 1, restored: 1 });
  expect((await all('contacts')).map(({ id }) => id)).toEqual([older]);
});

test('keeps an older contact that an imported one was merged into', async () => {
  const older = await add('contacts', { first_name: 'Older' });
  const newer = await imported('contacts', { first_name: 'Newer', city: 'Ulm' });
  await mergeInto('contacts', older, [newer]);
  expect(await undoImport(batch)).toEqual({ removed: 0, restored: 0, left: [] });
  expect(await one('contacts', older)).toMatchObject({ city: 'Ulm', deleted_at: null });
});

test.each<[string, (id: string) => Promise<unknown>, string]>([
  ['edited', (id) => change('contacts', id, { title: 'Chef' }), 'It has been changed since.'],
  ['noted on', (id) => add('notes', { body: 'Called', contact_id: id }), 'It has notes.'],
  ['given a task', (id) => add('tasks', { title: 'Call', contact_id: id }), 'It has tasks.'],
  ['put on a deal', (id) => add('deals', { name: 'Big', contact_ids: [id] }), 'A deal refers to it.'],
])('keeps a contact that was %s since with its company, and says why', async (_, happens, why) => {
  const company = await imported('companies', { name: 'Zund Co' });
  const [kept, gone] = [
    await imported('contacts', { first_name: 'Ada', company_id: company }),
    await imported('contacts', { first_name: 'Bea', company_id: company }),
  ];
  await happens(kept);
  expect(await undoImport(batch)).toEqual({
    removed: 1,
    restored: 0,
    left: [
      { entity: 'contacts', id: kept, name: 'Ada', why },
      { entity: 'companies', id: company, name: 'Zund Co', why: 'It has contacts.' },
    ],
  });
  expect([await isThere('contacts', kept), await isThere('contacts', gone)]).toEqual([true, false]);
});

test('a record that was merged and edited stays one record', async () => {
  const older = await add('contacts', { first_name: 'Older', city: 'Ulm' });
  const newer = await imported('contacts', { first_name: 'Newer' });
  await mergeInto('contacts', newer, [older]);
  await change('contacts', newer, { title: 'Chef' });
  expect(await undoImport(batch)).toMatchObject({ removed: 0, left: [{ id: newer }] });
  expect(await isThere('contacts', newer)).toBe(true);
});

test.each([
  ['a deal that was moved', 'deals', { stage: 'demo_scheduled' }],
  ['a company that was described', 'companies', { city: 'Ulm' }],
] as const)('%s since stays', async (_, entity, values) => {
  const id = await imported(entity, { name: 'Zund' });
  await change(entity, id, values);
  expect(await undoImport(batch)).toMatchObject({
    removed: 0,
    left: [{ id, why: 'It has been changed since.' }],
  });
  expect(await isThere(entity, id)).toBe(true);
});

test('merging a company does not count as a change of its people', async () => {
  const [older, newer] = [
    await add('companies', { name: 'Zund' }),
    await imported('companies', { name: 'Zund Co' }),
  ];
  const person = await imported('contacts', { first_name: 'Ada', company_id: newer });
  await mergeInto('companies', older, [newer]);
  // The server does the same: it dates and counts the change of the reference.
  const { deleted_at } = (await one('companies', newer)) ?? {};
  await store.db.rows('contacts').update(person, { version: 2, updated_at: deleted_at ?? '' });
  expect(await undoImport(batch)).toEqual({ removed: 1, restored: 0, left: [] });
});

test('a blanked older record stays in the record that it was merged into', async () => {
  const older = await add('contacts', { first_name: 'Older' });
  const newer = await imported('contacts', { first_name: 'Newer' });
  await mergeInto('contacts', newer, [older]);
  await store.db.rows('contacts').update(older, { first_name: null });
  const { left } = await undoImport(batch);
  expect(left).toMatchObject([{ id: newer, why: expect.stringContaining('over 30 days ago') }]);
});
