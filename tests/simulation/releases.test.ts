import * as z from 'zod/mini';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stages } from '$lib/entities/deal';
import { entityNames, registry, type EntityName } from '$lib/entities/registry';
import { withSchema } from '$lib/entities/with-schema';
import { failure } from '$lib/remote/reply';
import { createRemote, type Remote } from '$lib/remote/remote';
import { readMeta, writeMeta } from '$lib/store/meta';
import { mutate } from '$lib/store/write';
import { setAsideRows } from '$lib/store/set-aside';
import type { Store } from '$lib/store/store';
import { compare } from '$lib/sync/verify';
import { addMember, createDatabase, type Database } from '../db/database';
import { mutation, rpc, statuses, type Rpc } from '../db/rpc';
import { Device } from './device';
import { Random } from './random';

let db: Database;
let userId: string;
let device: Device;
/** The requested pulls, with the rows that arrived by entity. */
let pulls: { request: Record<string, unknown>; rows: Record<string, number> }[];
/** The calls that arrive before the connection is cut. */
let callsLeft: number;

beforeEach(async () => {
  db = await createDatabase();
  userId = await addMember(db, 'rep');
  pulls = [];
  callsLeft = Infinity;
  device = await switchedOn(1);
});
afterEach(async () => {
  device.switchOff();
  await db.drop();
});

async function switchedOn(seed: number): Promise<Device> {
  const made = new Device(`tablet ${seed}`, userId, {
    random: new Random(seed),
    time: () => Date.now(),
    skew: 0,
    remote: remote(),
  });
  await made.switchOn();
  return made;
}

const pageRows = 5;

function remote(): Remote {
  return createRemote(async (name, asked) => {
    if ((callsLeft -= 1) < 0) return failure('unreachable');
    const request = { ...asked, ...(name === 'sync_pull' && { limit: pageRows }) };
    const { status, body } = await rpc(db, userId, name as Rpc, request);
    if (status !== 200) return failure('server_error', JSON.stringify(body));
    const answer = JSON.parse(JSON.stringify(body)) as { changes: { entity: string; rows: unknown[] }[] };
    if (name === 'sync_pull')
      pulls.push({
        request: request as Record<string, unknown>,
        rows: Object.fromEntries(answer.changes.map(({ entity, rows }) => [entity, rows.length])),
      });
    return { ok: true, body: answer };
  });
}

async function sync(): Promise<void> {
  expect(await device.sync()).toEqual({ failure: undefined });
}

const shape = registry.contacts.schema.shape;
/** Contacts as the previous release knew them. */
const { department, ...withoutDepartment } = shape;
const before = z.object(withoutDepartment);

const contacts = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    mutation('contacts', 'insert', { patch: { first_name: `Ana ${at}`, department: `Kitchen ${at}` } }),
  );
const departments = async ({ db }: Store) =>
  (await db.rows('contacts').toArray()).map((row) => row.department).sort();
const expected = (count: number) => Array.from({ length: count }, (_, at) => `Kitchen ${at}`).sort();

test('fills a new column on every row after the update', async () => {
  expect(department).toBeDefined();
  await statuses(db, userId, contacts(23));
  await withSchema('contacts', before, sync);
  expect(await departments(device.store)).toEqual(Array(23).fill(undefined));
  await device.restart();
  pulls = [];
  await sync();
  expect(await departments(device.store)).toEqual(expected(23));
  // Nothing else is pulled again, and nothing is pulled twice.
  expect(
    pulls.map(({ rows }) => rows).filter((rows) => Object.keys(rows).some((name) => name !== 'contacts')),
  ).toEqual([]);
  expect(pulls.reduce((sum, { rows }) => sum + (rows.contacts ?? 0), 0)).toBe(23);
  pulls = [];
  await sync();
  expect(pulls.map(({ rows }) => rows)).toEqual([{}]);
  expect(await compare(device.store, remote())).toMatchObject({ differences: [] });
});

test('completes a device that never recorded its columns', async () => {
  await statuses(db, userId, contacts(3));
  await withSchema('contacts', before, sync);
  await writeMeta(device.store.db, 'fields', undefined);
  await sync();
  expect(await departments(device.store)).toEqual(expected(3));
});

test('fetches columns page by page over a cut connection', async () => {
  await statuses(db, userId, contacts(23));
  await withSchema('contacts', before, sync);
  pulls = [];
  for (let tries = 0; tries < 20; tries += 1) {
    callsLeft = 2;
    await device.sync();
    await device.restart();
    expect(await device.store.db.rows('contacts').count()).toBe(23);
  }
  expect(await departments(device.store)).toEqual(expected(23));
  const asked = pulls.map(({ request }) => request.page).filter(Boolean);
  expect(new Set(asked).size).toBeGreaterThan(3);
  callsLeft = Infinity;
  expect(await compare(device.store, remote())).toMatchObject({ differences: [] });
});

test('keeps unsent work, deletions and colleagues’ edits while columns arrive', async () => {
  const made = contacts(12);
  await statuses(db, userId, made);
  await withSchema('contacts', before, async () => {
    await sync();
    await mutate(device.store, [
      { op: 'update', entity: 'contacts', id: made[0]?.id ?? '', values: { title: 'Chef' } },
      { op: 'delete', entity: 'contacts', id: made[1]?.id ?? '' },
      { op: 'insert', entity: 'contacts', id: device.store.newId(), values: { first_name: 'Unsent' } },
    ]);
  });
  await db.query(`update public.contacts set deleted_at = now() - interval '40 days' where id = $1`, [
    made[2]?.id,
  ]);
  await db.query('select private.enforce_retention()');
  await statuses(db, userId, [
    mutation('contacts', 'update', {
      id: made[3]?.id ?? '',
      base: { city: null },
      patch: { city: 'Bergen' },
    }),
  ]);
  await device.restart();
  await sync();
  const rows = await device.store.db.rows('contacts').toArray();
  const byId = (at: number) => rows.find((row) => row.id === made[at]?.id);
  expect(byId(0)).toMatchObject({ title: 'Chef', department: 'Kitchen 0', deleted_at: null });
  expect(byId(1)?.deleted_at).not.toBeNull();
  // Blanked by retention: nothing of the person is left.
  expect(byId(2)).toMatchObject({ first_name: null, department: null });
  expect(byId(3)).toMatchObject({ city: 'Bergen', department: 'Kitchen 3' });
  expect(rows.filter((row) => row.first_name === 'Unsent')).toHaveLength(1);
  expect(await device.store.db.outbox.where('state').equals('pending').count()).toBe(0);
  await sync();
  expect(await compare(device.store, remote())).toMatchObject({ differences: [] });
});

test('keeps a new column when the previous release edits its row', async () => {
  const [made] = contacts(1);
  await statuses(db, userId, made ? [made] : []);
  const id = made?.id ?? '';
  const colleague = await switchedOn(2);
  await withSchema('contacts', before, async () => {
    expect(await colleague.sync()).toEqual({ failure: undefined });
    await mutate(colleague.store, [{ op: 'update', entity: 'contacts', id, values: { title: 'Chef' } }]);
    expect(await colleague.sync()).toEqual({ failure: undefined });
    await mutate(colleague.store, [{ op: 'delete', entity: 'contacts', id }]);
    await mutate(colleague.store, [{ op: 'restore', entity: 'contacts', id }]);
    expect(await colleague.sync()).toEqual({ failure: undefined });
  });
  colleague.switchOff();
  await sync();
  expect(await device.store.db.rows('contacts').get(id)).toMatchObject({
    title: 'Chef',
    department: 'Kitchen 0',
    deleted_at: null,
  });
});

test('fetches a new entity after the update', async () => {
  const task = mutation('tasks', 'insert', { patch: { title: 'Call' } });
  await statuses(db, userId, [task]);
  await sync();
  // The previous release had no such table, and never recorded it.
  const { tasks, ...known } = (await readMeta(device.store.db, 'fields')) ?? {};
  expect(tasks).toBeDefined();
  await writeMeta(device.store.db, 'fields', known);
  await device.store.db.rows('tasks').clear();
  await sync();
  expect(await device.store.db.rows('tasks').get(task.id)).toMatchObject({ title: 'Call' });
});

test('fetches rows with a new word after the update', async () => {
  const deals = registry.deals.schema.shape;
  const fewer = z.object({ ...deals, stage: z.enum(stages.slice(0, 6)) });
  const won = mutation('deals', 'insert', { patch: { name: 'Won', stage: 'closed_won' } });
  const open = mutation('deals', 'insert', { patch: { name: 'Open' } });
  await statuses(db, userId, [won, open]);
  await withSchema('deals', fewer, sync);
  expect(await device.store.db.rows('deals').toCollection().primaryKeys()).toEqual([open.id]);
  expect(await setAsideRows(device.store.db)).toMatchObject([{ entity: 'deals', id: won.id }]);
  await sync();
  expect(await device.store.db.rows('deals').get(won.id)).toMatchObject({ stage: 'closed_won' });
  expect(await setAsideRows(device.store.db)).toEqual([]);
});

test('the device check finds a missing column despite equal versions', async () => {
  await statuses(db, userId, contacts(3));
  await withSchema('contacts', before, sync);
  await ignoreMissingColumns(device.store);
  await sync();
  expect(await compare(device.store, remote())).toMatchObject({
    differences: [{ entity: 'contacts', here: 3, there: 3 }],
  });
});

/** Plants an app that ignores the fingerprints of what it stored. */
async function ignoreMissingColumns(store: Store): Promise<void> {
  const { fieldPrints } = await import('$lib/entities/fingerprint');
  const all = Object.fromEntries(entityNames.map((entity: EntityName) => [entity, fieldPrints(entity)]));
  await writeMeta(store.db, 'fields', all);
}
