import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { moveDeal } from '$lib/shared/pipeline/move';
import { createRemote } from '$lib/remote/remote';
import { setCurrentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { mergeRecords } from '$lib/store/merge-records';
import { writeMeta } from '$lib/store/meta';
import { mutate } from '$lib/store/write';
import { openStore, type Store } from '$lib/store/store';
import { runCycle } from '$lib/sync/cycle';
import { addMember, createDatabase, type Database } from '../db/database';
import { rpc, type Rpc } from '../db/rpc';

const minute = 60_000;
const day = 1_440 * minute;
let db: Database;

beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

/** A tablet whose clock can be set. */
async function tablet() {
  const userId = await addMember(db, 'rep');
  const clock = { off: 0 };
  const store = await openStore(userId, {
    clock: () => new Date(Date.now() + clock.off),
    storage: { indexedDB: new IDBFactory(), IDBKeyRange },
  });
  const remote = createRemote(async (name, request) => {
    const { body } = await rpc(db, userId, name as Rpc, request);
    return { ok: true as const, body: JSON.parse(JSON.stringify(body)) as unknown };
  });
  const sync = async () => expect(await runCycle(store, remote)).toEqual({ failure: undefined });
  await sync();
  return { store, clock, sync };
}

const add = async (store: Store) => {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ada' } }]);
  return id;
};
const conflicts = ({ db }: Store) => db.rows('conflicts').count();

test('a contact made while the clock was months behind is fresh, also if the clock is set before it is sent', async () => {
  const { store, clock, sync } = await tablet();
  clock.off = -100 * day;
  const id = await add(store);
  clock.off = 0;
  await sync();
  expect(await conflicts(store)).toBe(0);
  const { made_at } = (await store.db.rows('contacts').get(id)) ?? {};
  expect(Date.now() - Date.parse(String(made_at))).toBeLessThan(day);
});

test('a merge that was made while the clock was months behind is done all the same', async () => {
  const { store, clock, sync } = await tablet();
  const [one, two] = [await add(store), await add(store)];
  await sync();
  clock.off = -100 * day;
  await mergeRecords(store, { entity: 'contacts', id: one, from: [two], choices: {} });
  clock.off = 0;
  await sync();
  expect(await conflicts(store)).toBe(0);
  expect(await store.db.rows('contacts').get(two)).toMatchObject({ merged_into: one });
});

test('a deal that is won under a clock years ahead was won now, on every device', async () => {
  const { store, clock, sync } = await tablet();
  clock.off = 3 * 365 * day;
  const id = store.newId();
  const closed_at = store.now().toISOString();
  await mutate(store, [
    { op: 'insert', entity: 'deals', id, values: { name: 'Big', stage: 'closed_won', closed_at } },
  ]);
  await sync();
  const won = (await store.db.rows('deals').get(id))?.closed_at;
  expect(Math.abs(Date.now() - Date.parse(String(won)))).toBeLessThan(60_000);
});

/** Minutes since a time that the server keeps. */
const minutesSince = (time: unknown) => Math.round((Date.now() - Date.parse(String(time))) / minute);

test.each([
  ['sent under the same clock', false, 10],
  // The server knows only that the deal was won after the last sync.
  ['sent once the clock is right', true, 60],
])('undoing a move puts back when a deal was won under a slow clock: %s', async (_, isSet, ago) => {
  const { store, clock, sync } = await tablet();
  setCurrentStore(store);
  onTestFinished(() => setCurrentStore(undefined));
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'deals', id, values: { name: 'Big' } }]);
  await sync();
  // The device has been without a network for an hour.
  await writeMeta(store.db, 'server_time', new Date(Date.now() - 60 * minute).toISOString());
  const deal = async () => {
    const row = await store.db.rows('deals').get(id);
    if (!row) throw new Error('no deal');
    return row;
  };
  clock.off = -40 * day - 10 * minute;
  await moveDeal(await deal(), 'closed_won');
  clock.off = -40 * day;
  const undo = await moveDeal(await deal(), 'demo_scheduled');
  await undo();
  if (isSet) clock.off = 0;
  await sync();
  expect(await conflicts(store)).toBe(0);
  const { stage, closed_at } = await deal();
  expect([stage, minutesSince(closed_at)]).toEqual(['closed_won', ago]);
});

test('a view under a slow clock is logged after the last sync, also if the clock is set before it is sent', async () => {
  const { store, clock, sync } = await tablet();
  const entity_id = store.newId();
  clock.off = -40 * day;
  await recordEvent(store, { action: 'view', entity_type: 'contacts', entity_id });
  clock.off = 0;
  await sync();
  const [seen] = await db.query<{ occurred_at: unknown }>(
    'select occurred_at from activity_logs where entity_id = $1',
    [entity_id],
  );
  expect(minutesSince(seen?.occurred_at)).toBe(0);
});

test('a clock that jumps weeks ahead and back forgets nothing that was sent', async () => {
  const { store, clock, sync } = await tablet();
  await add(store);
  await sync();
  clock.off = 20 * day;
  await sync();
  await add(store);
  await sync();
  clock.off = 0;
  await add(store);
  await sync();
  const kept = await store.db.outbox.where('state').equals('settled').toArray();
  expect(kept).toHaveLength(3);
  for (const { answered_at } of kept)
    expect(Math.abs(Date.now() - Date.parse(String(answered_at)))).toBeLessThan(day);
});
