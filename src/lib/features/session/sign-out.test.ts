// @vitest-environment jsdom
import Dexie from 'dexie';
import { expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/mutate';
import { testStore } from '$lib/store/test-store';
import { signOut } from './sign-out';

test('what is saved while a sign-out waits for the network is asked about, not deleted', async () => {
  const store = await testStore();
  setCurrentStore(store);
  const saved = new Promise<void>((resolve) => {
    store.db.events.hook('creating', () => {
      Dexie.ignoreTransaction(() =>
        mutate(store, [
          { op: 'insert', entity: 'contacts', id: store.newId(), values: { first_name: 'Ana' } },
        ]).then(resolve),
      );
    });
  });
  expect(await signOut()).toBe('unsent');
  await saved;
  expect(await store.db.outbox.count()).toBe(1);
  expect(await store.db.rows('contacts').count()).toBe(1);
});
