import { expect, onTestFinished, test } from 'vitest';
import { entityNames, type EntityName } from '$lib/entities/registry';
import { failure } from '$lib/remote/reply';
import { createRemote, type Remote } from '$lib/remote/remote';
import { compare } from '$lib/sync/verify';
import { sanitize } from '$lib/store/sanitize';
import { addMember, createDatabase, type Database } from '../db/database';
import { oddValues } from '../db/odd-values';
import { mutation, push, rpc, type Mutation, type Rpc } from '../db/rpc';
import { Device } from './device';
import { Random } from './random';

/** A team of one person with one tablet. */
interface Desk {
  db: Database;
  device: Device;
  userId: string;
  remote: Remote;
}

const least: Partial<Record<EntityName, object>> = {
  maintenance_windows: {
    ...{ starts_at: '2090-01-01T00:00:00Z', ends_at: '2090-01-01T01:00:00Z' },
    // Nobody can sync while a maintenance window is open.
    cancelled_at: '2026-01-01T00:00:00Z',
  },
  companies: { name: 'Harbour Kitchen' },
  contacts: { first_name: 'Ines', last_name: 'Ode' },
  deals: { name: 'Smoked char' },
  notes: { body: 'Called' },
  tasks: { title: 'Call' },
  saved_views: { entity: 'contacts', name: 'Mine' },
  import_batches: { entity: 'contacts' },
};

/** Each field of each entity with each value; refused values end up in conflicts. */
async function everythingOdd(db: Database, userId: string): Promise<void> {
  const fields = await db.query<{ entity: EntityName; field: string; type: string }>(
    `select f.entity, f.field, format_type(a.atttypid, null) as type from private.fields f
     join pg_attribute a on a.attrelid = ('public.' || f.entity)::regclass and a.attname = f.field`,
  );
  for (const { entity, field, type } of fields.filter(({ entity }) => least[entity])) {
    const values = oddValues(field, type, 3)
      .map(sanitize)
      .filter((value) => JSON.stringify(value).length < 5_000);
    await pushHalving(
      db,
      userId,
      values.map((value) => mutation(entity, 'insert', { patch: { ...least[entity], [field]: value } })),
    );
  }
}

async function pushHalving(db: Database, userId: string, mutations: Mutation[]): Promise<void> {
  const { status } = await push(db, userId, mutations);
  if (status === 200 || mutations.length === 1) return;
  const half = Math.ceil(mutations.length / 2);
  await pushHalving(db, userId, mutations.slice(0, half));
  await pushHalving(db, userId, mutations.slice(half));
}

/** One record of every entity, and a conflict. */
async function oneOfEach(db: Database, userId: string): Promise<void> {
  const records = Object.entries(least).map(([entity, patch]) =>
    mutation(entity, 'insert', { patch: patch as Record<string, unknown> }),
  );
  const refused = mutation('tasks', 'insert', { patch: { title: '' } });
  await push(db, userId, [...records, refused]);
}

async function createDesk(fill: (db: Database, userId: string) => Promise<void>): Promise<Desk> {
  const db = await createDatabase();
  const userId = await addMember(db, 'admin');
  await fill(db, userId);
  const remote = createRemote(async (name, request) => {
    const { status, body } = await rpc(db, userId, name as Rpc, request);
    return status === 200
      ? { ok: true, body: JSON.parse(JSON.stringify(body)) as unknown }
      : failure('server_error', JSON.stringify(body));
  });
  const device = new Device('tablet', userId, {
    random: new Random(1),
    time: () => Date.now(),
    skew: 0,
    remote,
  });
  await device.switchOn();
  expect(await device.sync()).toEqual({ failure: undefined });
  onTestFinished(async () => {
    device.switchOff();
    await db.drop();
  });
  return { db, device, userId, remote };
}

test('device and server compute the same digest of every odd value', async () => {
  const { device, remote } = await createDesk(everythingOdd);
  const verdict = await compare(device.store, remote);
  expect(verdict).toEqual({ differences: [], rows: expect.any(Number) });
  expect((verdict as { rows: number }).rows).toBeGreaterThan(5_000);
}, 240_000);

test('detects a differing value of any column despite equal versions', async () => {
  const { db, device, remote } = await createDesk(oneOfEach);
  for (const entity of entityNames) {
    const columns = await db.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = ('public.' || $1)::regclass and attnum > 0 and not attisdropped
         and attname not in ('id', 'version', 'xid', 'blanked_at', 'deleted_at')`,
      [entity],
    );
    const table = device.store.db.rowsOf(entity);
    const row = await table.filter(({ deleted_at }) => deleted_at === null).first();
    if (!row) throw new Error(`There is none of ${entity}.`);
    for (const { name } of columns) {
      await table.put({ ...row, [name]: other(Reflect.get(row, name)) });
      expect(await compare(device.store, remote), `${entity}.${name}`).toMatchObject({
        differences: [{ entity }],
      });
    }
    await table.put(row);
  }
}, 240_000);

const other = (value: unknown): unknown =>
  value === null ? 'something' : Array.isArray(value) ? [...value, 'x'] : null;

test('answers a device of the previous release as before', async () => {
  const { db, userId } = await createDesk(oneOfEach);
  const { body } = await rpc(db, userId, 'digest', { protocol: 1, client_id: userId });
  for (const digest of body.digests as object[])
    expect(Object.keys(digest).sort()).toEqual(['count', 'entity', 'ids', 'versions']);
});

test('leaves out columns that the server lacks or does not return', async () => {
  const { db, userId } = await createDesk(oneOfEach);
  const request = {
    protocol: 1,
    client_id: userId,
    columns: { contacts: ['id', 'xid', 'blanked_at', 'later', "x'y"] },
  };
  const { body } = await rpc(db, userId, 'digest', request);
  const contacts = body.digests.find(({ entity }: { entity: string }) => entity === 'contacts');
  expect(contacts.columns).toEqual(['id']);
  const malformed = await rpc(db, userId, 'digest', { ...request, columns: ['contacts'] });
  expect([malformed.status, malformed.body.code]).toEqual([400, 'invalid_request']);
});
