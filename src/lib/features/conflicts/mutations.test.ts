import { beforeEach, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import type { Deal } from '$lib/entities/deal';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import type { Resolution } from './decision';
import { applyAgain, giveUp, resolveField } from './mutations';

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

/** An open question about a change that the server refused as a whole. */
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

test('trying again repeats a refused deletion', async () => {
  await applyAgain(await refused('delete', {}));
  expect(await shown(record)).toMatchObject({ deleted_at: expect.any(String) });
  expect(await sent()).toEqual(['delete contacts', 'update conflicts']);
});

test('trying again repeats a refused merge', async () => {
  await applyAgain(await refused('merge', { into: record, from: [twin], choices: {} }));
  expect(await shown(twin)).toMatchObject({ merged_into: record });
  expect(await shown(record)).toMatchObject({ city: 'Bergen' });
  expect(await shown(record)).not.toHaveProperty('into');
  expect(await sent()).toEqual(['merge contacts', 'update conflicts']);
});

test('trying again repeats a refused edit or creation', async () => {
  await applyAgain(await refused('update', { title: 'Chef' }));
  expect(await shown(record)).toMatchObject({ title: 'Chef' });
  await store.db.rows('contacts').delete(record);
  await applyAgain(await refused('insert', { first_name: 'Ada' }));
  expect((await sent()).filter((each) => each.endsWith('contacts'))).toEqual([
    'update contacts',
    'insert contacts',
  ]);
});

test('a change that cannot be repeated leaves its question open', async () => {
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
])('deciding a conflict as %s shows at once and sends one group', async (how, value, title, sends) => {
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
  // If somebody changes the value again, they are asked and not overwritten: `seen` is the colleague's value.
  if (how !== 'theirs') expect(entries[1]?.base).toEqual({ title: 'Theirs' });
});

test('an edit of a deleted record restores it with the edit', async () => {
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
])('discarding a %s change leaves the record and closes it as %s', async (kind, resolution) => {
  const conflict = { ...(await refused('update', { title: 'Chef' })), kind };
  const before = await shown(record);
  await giveUp(conflict);
  expect(await shown(record)).toEqual(before);
  expect(await store.db.rows('conflicts').get(conflict.id)).toMatchObject({ resolution });
  expect(await sent()).toEqual(['update conflicts']);
});

const closedAt = '2026-11-20T09:30:00.000Z';

/** A deal whose stage this person and a colleague have changed to different ones. */
async function stageClash(mine: string, theirs: object, patch: object): Promise<[string, Conflict]> {
  const id = store.newId();
  const values = { name: 'Coffee', ...theirs } as Partial<Deal>;
  await mutate(store, [{ op: 'insert', entity: 'deals', id, values }]);
  const conflict = {
    ...(await refused('update', { stage: mine, ...patch })),
    ...{ entity: 'deals', record_id: id, kind: 'field', field: 'stage', mine, error: null },
    created_at: '2026-11-25T12:00:00.000Z',
  } as Conflict;
  return [id, conflict];
}

test.each([
  [
    'won here and moved on there: it is won, with its date',
    ...['closed_won', { stage: 'awaiting_response' }],
    { closed_at: closedAt, position: 'b' },
    { stage: 'closed_won', closed_at: closedAt, position: 'b', lost_reason: null },
  ],
  [
    'moved on here and lost there: it is open, without date and reason',
    ...['awaiting_response', { stage: 'closed_lost', closed_at: closedAt, lost_reason: 'Too dear' }],
    { position: 'c' },
    { stage: 'awaiting_response', closed_at: null, lost_reason: null, position: 'c' },
  ],
  [
    'lost here and won there: it is lost, with its own date and reason',
    ...['closed_lost', { stage: 'closed_won', closed_at: '2026-11-21T10:00:00.000Z' }],
    { closed_at: closedAt, lost_reason: 'Too dear' },
    { stage: 'closed_lost', closed_at: closedAt, lost_reason: 'Too dear' },
  ],
  [
    'won here, asked by a server of an earlier release: it is won since it was asked',
    ...['closed_won', { stage: 'awaiting_response' }],
    { position: 'b' },
    { stage: 'closed_won', closed_at: '2026-11-25T12:00:00.000Z' },
  ],
] as [string, string, object, object, object][])(
  'Use mine on a stage, %s',
  async (_, mine, theirs, patch, shown) => {
    const [id, conflict] = await stageClash(mine, theirs, patch);
    await resolveField(conflict, 'mine', mine);
    expect(await store.db.rows('deals').get(id)).toMatchObject(shown);
  },
);

test('Keep theirs on a stage leaves the deal as it is', async () => {
  const theirs = { stage: 'closed_lost', closed_at: closedAt, lost_reason: 'Too dear' };
  const [id, conflict] = await stageClash('awaiting_response', theirs, {});
  await resolveField(conflict, 'theirs');
  expect(await store.db.rows('deals').get(id)).toMatchObject(theirs);
});

test.each<Resolution>(['mine', 'edited'])(
  'deciding as %s restores a record that was deleted since',
  async (how) => {
    const conflict = await clash();
    await store.db.rows('contacts').update(record, { deleted_at: '2026-01-01T00:00:00.000Z' });
    await resolveField(conflict, how, 'Chef');
    expect(await shown(record)).toMatchObject({ title: 'Chef', deleted_at: null });
    expect(await sent()).toEqual(['update conflicts', 'restore contacts']);
  },
);

test('a value for a record that is not on this device leaves its question open', async () => {
  const conflict = await clash();
  await store.db.rows('contacts').delete(record);
  await expect(resolveField(conflict, 'mine', 'Mine')).rejects.toMatchObject({ code: 'not_found' });
  expect(await store.db.rows('conflicts').get(conflict.id)).toMatchObject({ resolved_at: null });
});

test.each([
  ['the record that stays', () => record, () => ({ into: record, from: [twin], choices: {} })],
  ['the record that goes', () => twin, () => ({ into: record, from: [twin, store.newId()], choices: {} })],
])('a merge that met the deletion of %s restores it and merges, in one group', async (_, about, patch) => {
  await store.db.rows('contacts').update(about(), { deleted_at: '2026-01-01T00:00:00.000Z' });
  const conflict = { ...(await refused('merge', patch())), kind: 'deleted', record_id: about() } as Conflict;
  await applyAgain({ ...conflict, error: null });
  expect(await shown(record)).toMatchObject({ city: 'Bergen', deleted_at: null });
  expect(await shown(twin)).toMatchObject({ merged_into: record, deleted_at: expect.any(String) });
  const entries = (await store.db.outbox.toArray()).slice(2);
  expect(entries.map(({ op, id }) => [op, id])).toEqual([
    ['restore', about()],
    ['merge', record],
    ['update', conflict.id],
  ]);
  expect(new Set(entries.map(({ group_id }) => group_id)).size).toBe(1);
  expect(entries[1]?.patch).toMatchObject({ from: [twin] });
});

test('a merge that somebody has finished only closes its question', async () => {
  const conflict = await refused('merge', { into: record, from: [twin], choices: {} });
  await store.db.rows('contacts').update(twin, {
    deleted_at: '2026-01-01T00:00:00.000Z',
    merged_into: record,
  });
  await applyAgain(conflict);
  expect(await sent()).toEqual(['update conflicts']);
});
