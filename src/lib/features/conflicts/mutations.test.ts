import { beforeEach, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { applyAgain } from './mutations';

let store: Store;
let [record, twin] = ['', ''];

beforeEach(async () => {
  store = await testStore();
  setCurrentStore(store);
  [record, twin] = [store.newId(), store.newId()];
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: record, values: { first_name: 'Ada' } },
    { op: 'insert', entity: 'contacts', id: twin, values: { first_name: 'Adah', city: 'Bergen' } },
  ]);
});

/** An open question about a change of the record that was refused as a whole. */
async function refused(op: string, patch: Record<string, unknown>): Promise<Conflict> {
  const row = {
    id: store.newId(),
    entity: 'contacts',
    record_id: record,
    kind: 'stale',
    patch,
    error: { code: 'stale', op },
    author_id: store.userId,
    resolved_at: null,
    deleted_at: null,
  } as unknown as Conflict;
  await store.db.rows('conflicts').put(row);
  return row;
}

const shown = (id: string) => store.db.rows('contacts').get(id);
const sent = async () =>
  (await store.db.outbox.toArray()).slice(2).map(({ entity, op }) => `${op} ${entity}`);

test('a deletion that was refused is a deletion when it is tried again', async () => {
  await applyAgain(await refused('delete', {}));
  expect(await shown(record)).toMatchObject({ deleted_at: expect.any(String) });
  expect(await sent()).toEqual(['delete contacts', 'update conflicts']);
});

test('a merge that was refused is a merge when it is tried again', async () => {
  await applyAgain(await refused('merge', { into: record, from: [twin], choices: {} }));
  expect(await shown(twin)).toMatchObject({ merged_into: record });
  expect(await shown(record)).toMatchObject({ city: 'Bergen' });
  expect(await shown(record)).not.toHaveProperty('into');
  expect(await sent()).toEqual(['merge contacts', 'update conflicts']);
});

test('an edit that was refused is an edit, and a record that never came to be is made', async () => {
  await applyAgain(await refused('update', { title: 'Chef' }));
  expect(await shown(record)).toMatchObject({ title: 'Chef' });
  await store.db.rows('contacts').delete(record);
  await applyAgain(await refused('insert', { first_name: 'Ada' }));
  expect((await sent()).filter((each) => each.endsWith('contacts'))).toEqual([
    'update contacts',
    'insert contacts',
  ]);
});

test('what cannot be tried again leaves its question open', async () => {
  const conflict = await refused('delete', {});
  await store.db.rows('contacts').delete(record);
  await expect(applyAgain(conflict)).rejects.toMatchObject({ code: 'not_found' });
  expect(await store.db.rows('conflicts').get(conflict.id)).toMatchObject({ resolved_at: null });
  expect(await sent()).toEqual([]);
});
