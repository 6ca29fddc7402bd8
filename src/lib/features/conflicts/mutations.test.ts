import { beforeEach, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { applyAgain, giveUp, resolveField, type Resolution } from './mutations';

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

/** An open question about the title, which a colleague has changed too. */
async function clash(): Promise<Conflict> {
  const row = await refused('update', { title: 'Mine' });
  const conflict = {
    ...row,
    kind: 'field',
    field: 'title',
    base: null,
    mine: 'Mine',
    theirs: 'Theirs',
    error: null,
  };
  await store.db.rows('contacts').update(record, { title: 'Theirs' });
  await store.db.rows('conflicts').put(conflict as Conflict);
  return conflict as Conflict;
}

test.each<[Resolution, string | undefined, string, string[]]>([
  ['mine', 'Mine', 'Mine', ['update conflicts', 'update contacts']],
  ['edited', 'Both of us', 'Both of us', ['update conflicts', 'update contacts']],
  ['theirs', undefined, 'Theirs', ['update conflicts']],
])(
  'a clash that is decided as %s shows it at once and waits to be sent as one',
  async (how, value, title, sends) => {
    const conflict = await clash();
    await resolveField(conflict, how, value);
    expect(await shown(record)).toMatchObject({ title });
    expect(await store.db.rows('conflicts').get(conflict.id)).toMatchObject({
      resolution: how,
      resolved_at: expect.any(String),
    });
    expect(await sent()).toEqual(sends);
    const entries = (await store.db.outbox.toArray()).slice(2);
    expect(new Set(entries.map(({ group_id }) => group_id)).size, 'all or none').toBe(1);
    // Whoever changed it once more meanwhile is asked about, not overwritten: what was seen is the colleague's value.
    if (how !== 'theirs') expect(entries[1]?.base).toEqual({ title: 'Theirs' });
  },
);

test('an edit of what somebody deleted brings it back with the edit', async () => {
  await store.db.rows('contacts').update(record, { deleted_at: '2026-01-01T00:00:00.000Z' });
  const conflict = {
    ...(await refused('update', { title: 'Chef' })),
    kind: 'deleted',
    error: null,
  } as Conflict;
  await applyAgain(conflict);
  expect(await shown(record)).toMatchObject({ title: 'Chef', deleted_at: null });
  expect(await sent()).toEqual(['restore contacts', 'update conflicts']);
});

test.each<[Conflict['kind'], Resolution]>([
  ['deleted', 'theirs'],
  ['rejected', 'discarded'],
  ['blocked', 'discarded'],
  ['stale', 'discarded'],
])('what was %s and is given up leaves the record as it is and is closed as %s', async (kind, resolution) => {
  const conflict = { ...(await refused('update', { title: 'Chef' })), kind };
  const before = await shown(record);
  await giveUp(conflict);
  expect(await shown(record)).toEqual(before);
  expect(await store.db.rows('conflicts').get(conflict.id)).toMatchObject({ resolution });
  expect(await sent()).toEqual(['update conflicts']);
});
