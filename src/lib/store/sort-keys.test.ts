import Dexie from 'dexie';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import type { Edit } from '$lib/entities/mutation';
import { nameKey } from '$lib/text/name-key';
import { setCurrentStore } from './current';
import { databaseName } from './database-name';
import { discardMutation } from './discard';
import { mergeRecords } from './merge-records';
import { readMeta } from './meta';
import { firstByKey } from './read';
import { rebuildSortKeys, rowsAtOnce } from './rebuild-keys';
import { keyedEntities, sortKey, sortKeyRule, withSortKey } from './sort-keys';
import { openStore, type Store } from './store';
import { testStore } from './test-store';
import { mutate } from './write';

const contact = (id: string, last_name: string): Edit => ({
  op: 'insert',
  entity: 'contacts',
  id,
  values: { last_name },
});

/** The names of contacts in the order of the index. */
const listed = async ({ db }: Store) =>
  (await db.rows('contacts').orderBy(sortKey).toArray()).map(({ last_name }) => last_name);

/** Checks that each stored row has the key that its values give, and no other. */
async function keysFitRows({ db }: Store): Promise<void> {
  for (const entity of keyedEntities)
    for (const row of await db.rows(entity).toArray()) expect(row).toEqual(withSortKey(entity, row));
}

/** Stores contacts and a company as a release without sort keys did. */
async function storeWithoutKeys({ db }: Store, count: number): Promise<void> {
  const connection = db.backendDB();
  const transaction = connection.transaction([...keyedEntities, 'meta'], 'readwrite');
  const done = new Promise((resolve) => transaction.addEventListener('complete', resolve));
  for (let n = 0; n < count; n++) {
    const id = `id-${String(n).padStart(5, '0')}`;
    transaction
      .objectStore('contacts')
      .put({ id, last_name: `Name ${count - n}`, deleted_at: n % 7 ? null : 'x' });
  }
  transaction.objectStore('companies').put({ id: 'company', name: 'Zin', deleted_at: null });
  transaction.objectStore('companies').put({ id: 'old', name: 'Alba', deleted_at: null, sort_key: 'wrong' });
  transaction.objectStore('meta').delete('sort_keys');
  await done;
}

test('every way to store a row gives it the key of its name', async () => {
  const store = await testStore();
  const { db } = store;
  const [one, two, three] = [store.newId(), store.newId(), store.newId()];
  await mutate(store, [contact(one, 'Óbuda'), contact(two, 'nowak'), contact(three, 'Olsen')]);
  expect(await listed(store)).toEqual(['nowak', 'Óbuda', 'Olsen']);
  await mutate(store, [{ op: 'update', entity: 'contacts', id: two, values: { last_name: 'Zorn' } }]);
  expect(await listed(store)).toEqual(['Óbuda', 'Olsen', 'Zorn']);
  const renamed = (await db.outbox.toArray()).find(({ op }) => op === 'update');
  await discardMutation(store, renamed?.seq ?? 0);
  expect(await listed(store)).toEqual(['nowak', 'Óbuda', 'Olsen']);
  await db.rows('contacts').update(one, { last_name: 'Abel' });
  expect(await listed(store)).toEqual(['Abel', 'nowak', 'Olsen']);
  await mergeRecords(store, { entity: 'contacts', id: one, from: [two], choices: { last_name: two } });
  expect(await listed(store)).toEqual(['nowak', 'Olsen']);
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: three }]);
  expect(await listed(store)).toEqual(['nowak']);
  await mutate(store, [{ op: 'restore', entity: 'contacts', id: three }]);
  expect(await listed(store)).toEqual(['nowak', 'Olsen']);
  await keysFitRows(store);
});

test('rows of an older release get their keys, and nobody hears of it', async () => {
  const store = await testStore();
  setCurrentStore(store);
  onTestFinished(() => setCurrentStore(undefined));
  expect(await firstByKey('contacts', 1)).toEqual([]);
  await storeWithoutKeys(store, rowsAtOnce * 2);
  expect(await firstByKey('contacts', 1)).toBeUndefined();
  const heard: unknown[] = [];
  onTestFinished(store.db.changes.subscribe((changes) => heard.push(changes)));
  await rebuildSortKeys(store.db);
  await keysFitRows(store);
  expect(await readMeta(store.db, 'sort_keys')).toEqual({ rule: sortKeyRule });
  expect(heard).toEqual([]);
  expect(await firstByKey('contacts', 1)).toMatchObject([{ last_name: 'Name 1' }]);
});

test('a database of the release before keeps its queue and gets its keys', async () => {
  const userId = crypto.randomUUID();
  const before = new Dexie(databaseName(userId));
  const tables = Object.fromEntries(entityNames.map((name) => [name, 'id']));
  before.version(1).stores({
    ...tables,
    outbox: '++seq, state, [entity+id]',
    events: '++seq',
    base_rows: '[entity+id]',
    meta: 'key',
  });
  for (const last_name of ['Zorn', 'Abel'])
    await before.table('contacts').add({ id: last_name, last_name, first_name: null, deleted_at: null });
  await before.table('outbox').add({ state: 'pending', entity: 'contacts', id: 'Abel' });
  before.close();
  const store = await openStore(userId);
  onTestFinished(async () => {
    store.db.close();
    await Dexie.delete(databaseName(userId));
  });
  expect(await listed(store)).toEqual([]);
  await rebuildSortKeys(store.db);
  expect(await listed(store)).toEqual(['Abel', 'Zorn']);
  expect(await store.db.outbox.where('state').equals('pending').count()).toBe(1);
  await keysFitRows(store);
});

test('a rebuild that is cut off at any step goes on from there', async () => {
  const store = await testStore();
  const real = IDBObjectStore.prototype.put;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put');
  onTestFinished(() => spy.mockRestore());
  /** Rebuilds until the put with this number, which cuts the transaction off. Returns the tables that were put into. */
  const rebuildUntil = async (step: number): Promise<string[]> => {
    await storeWithoutKeys(store, rowsAtOnce + 5);
    const tables: string[] = [];
    spy.mockImplementation(function (this: IDBObjectStore, row: unknown) {
      if (tables.push(this.name) === step) this.transaction.abort();
      return real.call(this, row);
    });
    const outcome = await rebuildSortKeys(store.db).then(
      () => 'done',
      () => 'cut off',
    );
    expect(outcome).toBe(step === Infinity ? 'done' : 'cut off');
    spy.mockImplementation(function (this: IDBObjectStore, row: unknown) {
      return real.call(this, row);
    });
    return tables;
  };
  const tables = await rebuildUntil(Infinity);
  const ends = tables.flatMap((table, at) => (table === 'meta' ? [at, at + 1, at + 2] : []));
  const steps = [1, ...ends.filter((step) => step <= tables.length)];
  expect(steps.length).toBeGreaterThan(8);
  for (const step of steps) {
    await rebuildUntil(step);
    await rebuildSortKeys(store.db);
    await keysFitRows(store);
  }
});

test('another rule begins a rebuild from the first row', async () => {
  const store = await testStore();
  await storeWithoutKeys(store, 3);
  await store.db.meta.put({ key: 'sort_keys', value: { rule: sortKeyRule - 1 } });
  await rebuildSortKeys(store.db);
  await keysFitRows(store);
});

test('a change of the rule does not keep its number', () => {
  const names = [
    '',
    'Łódź 9',
    'ﬁnch',
    'ς',
    'µBrew',
    '𠮷田',
    '42 Degrees',
    '’t Hart',
    '가',
    'İlker',
    'Æ',
    ' A–B',
  ];
  // If this fails, count up `sortKeyRule` and then write the new keys down.
  const deal = { stage: 'closed_won', position: 'a0V', archived_at: null, deleted_at: null };
  const task = { assignee_id: 'me', due_on: null, priority: 'A', done_at: null, deleted_at: null };
  const others = [withSortKey('deals', deal), withSortKey('tasks', task)].map(
    (row) => Reflect.get(row, sortKey) as unknown,
  );
  expect([sortKeyRule, ...names.map(nameKey), ...others]).toEqual([
    1,
    '\uffff',
    'lodz 000000000009',
    'finch',
    'σ',
    'μbrew',
    '𠮷田',
    '\uffff000000000042 degrees',
    "\uffff't hart",
    '가'.normalize('NFD'),
    'ilker',
    'ae',
    'a-b',
    '6 a0V',
    'me 9999-12-31 A',
  ]);
});

test('a key depends on nothing but the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(nameKey(name)).toBe(nameKey(name.normalize('NFD')));
    }),
  );
});
