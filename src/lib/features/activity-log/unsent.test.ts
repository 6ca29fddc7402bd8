import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { mutate } from '$lib/store/write';
import { openStore, type Store } from '$lib/store/store';
import { unsentEntries } from './unsent';

let store: Store;
let now = new Date('2026-03-15T12:00:00Z');
beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => now });
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

test('lists pending views and changes together, with the changed values', async () => {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ines' } }]);
  now = new Date('2026-03-15T12:01:00Z');
  await recordEvent(store, { action: 'view', entity_type: 'contacts', entity_id: id });
  now = new Date('2026-03-15T12:02:00Z');
  await mutate(store, [{ op: 'update', entity: 'contacts', id, values: { title: 'Chef' } }]);
  const entries = await unsentEntries();
  expect(entries.map(({ action }) => action)).toEqual(['update', 'view', 'create']);
  expect(entries[0]?.changes).toEqual({ title: { old: null, new: 'Chef' } });
});
