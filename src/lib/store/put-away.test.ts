// @vitest-environment jsdom
import { v7 } from 'uuid';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { CrmDatabase } from './database';
import { databaseName } from './database-name';
import { recordEvent } from './events';
import { mutate } from './write';
import { all } from './read';
import { setCurrentStore } from './current';
import { openStore } from './store';
import { testStore } from './test-store';

const putAway = () => window.dispatchEvent(new Event('pagehide'));
const comeBack = () => window.dispatchEvent(new Event('pageshow'));
afterEach(comeBack);

const contact = (id: string) =>
  [{ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana' } }] as const;

/** Opens the database as another page would, without the app. */
const otherPage = (userId: string, version?: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName(userId), version);
    request.onsuccess = () => {
      onTestFinished(() => request.result.close());
      resolve(request.result);
    };
    request.onerror = () => reject(request.error as DOMException);
  });

/** The version of the database in the next release, as IndexedDB counts it. */
const nextVersion = ({ verno }: CrmDatabase): number => (verno + 1) * 10;

/** How many rows of a table another page sees, once it gets to write there. */
const countElsewhere = (page: IDBDatabase, table: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const transaction = page.transaction([...page.objectStoreNames], 'readwrite');
    const request = transaction.objectStore(table).count();
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error as DOMException);
  });

test('a save cut off by leaving blocks nobody and is stored once on return', async () => {
  const store = await testStore();
  const other = await otherPage(store.userId);
  const saved = mutate(store, [...contact(store.newId())]);
  // The transaction begins after this task, and reads before it writes.
  await Promise.resolve().then(() => undefined);
  putAway();
  expect(await countElsewhere(other, 'outbox')).toBe(0);
  comeBack();
  await saved;
  expect(await countElsewhere(other, 'outbox')).toBe(1);
  expect(await countElsewhere(other, 'contacts')).toBe(1);
});

test('a save begun while the page is away waits for its return', async () => {
  const store = await testStore();
  putAway();
  const saved = mutate(store, [...contact(store.newId())]);
  const other = await otherPage(store.userId);
  expect(await countElsewhere(other, 'outbox')).toBe(0);
  comeBack();
  await saved;
  expect(await countElsewhere(other, 'outbox')).toBe(1);
});

test('an event is stored although the page is left in the same task', async () => {
  const store = await testStore();
  const other = await otherPage(store.userId);
  void recordEvent(store, { action: 'view', entity_type: 'contacts', entity_id: store.newId() });
  await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
  await Promise.resolve();
  putAway();
  expect(await countElsewhere(other, 'events')).toBe(1);
  comeBack();
  expect(await store.db.events.count()).toBe(1);
});

test('a transaction of several steps that is cut off stores none of them', async () => {
  const store = await testStore();
  const other = await otherPage(store.userId);
  const { db } = store;
  const before = await countElsewhere(other, 'meta');
  const writing = db
    .transaction('rw', db.meta, db.events, async () => {
      await db.meta.put({ key: 'cursor', value: 'half' });
      putAway();
      await db.events.count();
    })
    .then(
      () => 'stored',
      () => 'failed',
    );
  expect(await writing).toBe('failed');
  expect(await countElsewhere(other, 'meta')).toBe(before);
});

test('a page that is away holds no connection, so that others may upgrade', async () => {
  const store = await testStore();
  putAway();
  const upgraded = await otherPage(store.userId, 1_000);
  expect(upgraded.version).toBe(1_000);
});

test('a list that was being read is read again when the page returns', async () => {
  const store = await testStore();
  setCurrentStore(store);
  await mutate(store, [...contact(store.newId())]);
  const reading = all('contacts').catch(() => undefined);
  putAway();
  await reading;
  comeBack();
  expect(await all('contacts')).toHaveLength(1);
});

test('an opening that was cut off continues when the page is back', async () => {
  const userId = v7();
  const opening = openStore(userId);
  putAway();
  await new Promise((resolve) => setTimeout(resolve));
  comeBack();
  const store = await opening;
  onTestFinished(() => store.db.close());
  expect(await store.db.outbox.count()).toBe(0);
});

/** The work that a browser still does between two events: pending promises, and maybe one task. */
const between: [string, () => Promise<void>][] = [
  [
    'in the same moment',
    async () => {
      for (let turn = 0; turn < 100; turn += 1) await undefined;
    },
  ],
  ['a task apart', () => new Promise((resolve) => setTimeout(resolve))],
];

test.each(between)(
  'an opening that two departures cut off ends in an open database, %s',
  async (_, pause) => {
    const userId = v7();
    const opening = openStore(userId);
    for (let departure = 0; departure < 2; departure += 1) {
      putAway();
      await pause();
      comeBack();
      await pause();
    }
    const store = await opening;
    onTestFinished(() => store.db.close());
    await mutate(store, [...contact(store.newId())]);
    expect(await store.db.outbox.count()).toBe(1);
    putAway();
    expect((await otherPage(userId, 1_000)).version).toBe(1_000);
  },
);

test.each(between)(
  'a page that leaves twice while it reopens the database can save, %s',
  async (_, pause) => {
    const store = await testStore();
    const id = store.newId();
    for (let departure = 0; departure < 3; departure += 1) {
      putAway();
      await pause();
      comeBack();
      await pause();
    }
    await mutate(store, [...contact(id)]);
    putAway();
    const other = await otherPage(store.userId);
    expect(await countElsewhere(other, 'outbox')).toBe(1);
    other.close();
    comeBack();
    expect(await store.db.rows('contacts').get(id)).toBeDefined();
    putAway();
    expect((await otherPage(store.userId, 1_000)).version).toBe(1_000);
  },
);

test('a working set that belongs to somebody else by now stays closed', async () => {
  const store = await openStore(v7(), { stillMine: () => false });
  putAway();
  comeBack();
  await expect(store.db.outbox.count()).rejects.toThrow('closed');
});

test('a database that does not open in time is reported as blocked', async () => {
  const userId = v7();
  await otherPage(userId, 1);
  await expect(openStore(userId, { longest: 20 })).rejects.toMatchObject({ code: 'storage_blocked' });
});

test('a database that a newer release has changed is not opened by this one', async () => {
  const userId = v7();
  const newer = await otherPage(userId, nextVersion(new CrmDatabase(userId)));
  newer.close();
  await expect(openStore(userId)).rejects.toMatchObject({ code: 'storage_newer' });
});

test('a tab stops writing after a newer release opens the database', async () => {
  const store = await testStore();
  const newer = await otherPage(store.userId, nextVersion(store.db));
  await expect(mutate(store, [...contact(store.newId())])).rejects.toMatchObject({ code: 'storage_newer' });
  expect(await countElsewhere(newer, 'outbox')).toBe(0);
});
