// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Company } from '$lib/entities/company';
import { setCurrentStore } from '$lib/store/current';
import { databaseName } from '$lib/store/database-name';
import { mutate } from '$lib/store/write';
import type { StoredEvent } from '$lib/store/tables';
import type { Store } from '$lib/store/store';
import { testStore, watchPuts } from '$lib/store/test-store';
import { startSync } from '$lib/sync/engine';
import { leaveDeactivated, signOut } from './sign-out';

const contact = (store: Store, first_name: string) =>
  mutate(store, [{ op: 'insert', entity: 'contacts', id: store.newId(), values: { first_name } }]);

/** Saves a contact at the moment when the sign-out is logged. */
const saveAtSignOut = (store: Store, first_name: string) =>
  new Promise<void>((resolve) => {
    watchPuts<StoredEvent>('events', ({ action }) => {
      if (action === 'sign_out') void contact(store, first_name).then(resolve);
    });
  });

test('discarding at sign-out deletes everything, but asks about newer changes', async () => {
  const store = await testStore();
  setCurrentStore(store);
  await contact(store, 'Pending');
  await contact(store, 'Refused');
  const refused = (await store.db.outbox.toArray())[1]?.seq ?? 0;
  await store.db.outbox.update(refused, { state: 'refused' });
  const saved = saveAtSignOut(store, 'Later');
  expect(await signOut('discard')).toBe('unsent');
  await saved;
  expect((await store.db.outbox.toArray()).map(({ patch }) => patch.first_name)).toEqual(['Later']);
  // A person who stays sees the remaining changes.
  expect((await store.db.rows('contacts').toArray()).map(({ first_name }) => first_name)).toEqual(['Later']);
  expect((await store.db.events.toArray()).map(({ action }) => action)).toEqual([
    'discard',
    'discard',
    'sign_out',
  ]);
});

test('asks about changes saved while a sign-out waits', async () => {
  const store = await testStore();
  setCurrentStore(store);
  const saved = saveAtSignOut(store, 'Ana');
  expect(await signOut()).toBe('unsent');
  await saved;
  expect(await store.db.outbox.count()).toBe(1);
  expect(await store.db.rows('contacts').count()).toBe(1);
});

/** Makes every wait a hundred times shorter until the test ends. @returns the milliseconds that were asked for */
function hurry(): number[] {
  const wait = globalThis.setTimeout;
  const waits: number[] = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((then: () => void, milliseconds = 0) => {
    waits.push(milliseconds);
    return wait(then, milliseconds / 100);
  }) as typeof setTimeout);
  onTestFinished(() => void vi.restoreAllMocks());
  return waits;
}

test('signing out deletes nothing if its code cannot be loaded', async () => {
  const store = await testStore();
  setCurrentStore(store);
  const id = store.newId();
  await store.db.rows('companies').put({ id, name: 'Oslo Bakery', version: 1 } as Company);
  vi.doMock('$lib/remote/auth', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  onTestFinished(() => vi.doUnmock('$lib/remote/auth'));
  vi.resetModules();
  await expect(signOut()).rejects.toThrow();
  expect(await store.db.rows('companies').count()).toBe(1);
});

test('a silent server delays a sign-out by only a few seconds', async () => {
  const store = await testStore();
  setCurrentStore(store);
  const silence = new Promise<never>(() => undefined);
  const silent = { push: () => silence, pull: () => silence, digest: () => silence };
  onTestFinished(
    startSync(
      store,
      async () => silent,
      () => undefined,
    ),
  );
  const waits = hurry();
  expect(await signOut()).toBe('signed_out');
  expect(waits).toContain(5_000);
});

test('a refused change does not keep a deactivated person on the device', async () => {
  const store = await testStore();
  setCurrentStore(store);
  await contact(store, 'Refused');
  await store.db.outbox.toCollection().modify({ state: 'refused' });
  expect(await leaveDeactivated()).toBe(true);
});

test('an unsent change keeps the device from being wiped', async () => {
  const store = await testStore();
  setCurrentStore(store);
  await contact(store, 'Pending');
  expect(await leaveDeactivated()).toBe(false);
  expect(await store.db.rows('contacts').count()).toBe(1);
});

/** A connection that lets go of nothing, as a frozen tab's. */
const frozenTab = (userId: string) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(databaseName(userId));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });

const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

test('a frozen tab holds up leaving for two seconds only', async () => {
  const store = await testStore();
  setCurrentStore(store);
  await contact(store, 'Refused');
  await store.db.outbox.toCollection().modify({ state: 'refused' });
  const frozen = await frozenTab(store.userId);
  const waits = hurry();
  expect(await leaveDeactivated()).toBe(true);
  expect(waits).toContain(2_000);
  expect(await databases()).toContain(databaseName(store.userId));
  // It wakes up, hears of the deletion and lets go.
  frozen.close();
  await vi.waitFor(async () => expect(await databases()).not.toContain(databaseName(store.userId)));
});
