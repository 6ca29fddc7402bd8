import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, pull, rpc, statuses, clientOf } from './rpc';

let db: Database;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

async function insertNotes(count: number) {
  const inserts = Array.from({ length: count }, (_, i) =>
    mutation('notes', 'insert', { patch: { body: `Note ${i}` } }),
  );
  await statuses(db, rep, inserts);
  return inserts.map(({ id }) => id) as [string, ...string[]];
}

const bump = () =>
  db.query(`update private.settings set value = (value::int + 1)::text where name = 'restore_counter'`);

describe('a pull', () => {
  it('returns all entities, contacts first', async () => {
    const company = mutation('companies', 'insert', { patch: { name: 'One' } });
    const contact = mutation('contacts', 'insert', { patch: { first_name: 'Ada', company_id: company.id } });
    const rest = [
      mutation('deals', 'insert', {
        patch: { name: 'Big', amount: 12.5, expected_close_on: '2026-12-24', contact_ids: [contact.id] },
      }),
      mutation('tasks', 'insert', { patch: { title: 'Call', due_on: '2026-12-24' } }),
      mutation('saved_views', 'insert', {
        patch: { entity: 'contacts', name: 'Mine', query: { owner: 'me' } },
      }),
      mutation('import_batches', 'insert', {
        patch: { entity: 'contacts', file_name: 'a.csv', row_count: 3 },
      }),
      mutation('companies', 'insert', { patch: { name: '' } }),
    ];
    await statuses(db, rep, [company, contact, ...rest]);
    await insertNotes(1);
    await db.query(
      `insert into maintenance_windows (id, starts_at, ends_at) values (gen_random_uuid(), '2030-01-01', '2030-01-02')`,
    );
    const reply = await rpc(db, rep, 'sync_pull', {
      protocol: 1,
      client_id: clientOf(db, rep),
      cursor: null,
    });
    expect(reply.body.changes.map(({ entity }: { entity: string }) => entity)).toEqual([
      'members',
      'maintenance_windows',
      'contacts',
      'companies',
      'deals',
      'notes',
      'tasks',
      'saved_views',
      'import_batches',
      'conflicts',
    ]);
    const { rows } = await pull(db, rep);
    expect(rows.deals?.[0]).toMatchObject({
      amount: 12.5,
      expected_close_on: '2026-12-24',
      contact_ids: [contact.id],
      version: 1,
    });
    expect(rows.deals?.[0]?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?\+00:00$/);
    expect(Object.keys(rows.deals?.[0] ?? {})).not.toContain('xid');
    expect(reply.body).toMatchObject({
      reset: false,
      done: true,
      page: null,
      cursor: expect.any(String),
      epoch: expect.any(String),
    });
  });

  it('returns each change once, and nothing without changes', async () => {
    const first = await pull(db, rep);
    const second = await pull(db, rep, first.cursor);
    expect(second.rows).toEqual({});
    const [id] = await insertNotes(1);
    const third = await pull(db, rep, second.cursor);
    expect(third.rows).toEqual({ notes: [expect.objectContaining({ id, body: 'Note 0' })] });
  });

  it('returns tombstones in deltas, and restorable ones in full pulls', async () => {
    const [id] = await insertNotes(1);
    const { cursor } = await pull(db, rep);
    await statuses(db, rep, [mutation('notes', 'delete', { id })]);
    const tombstone = expect.objectContaining({ id, deleted_at: expect.any(String), body: 'Note 0' });
    expect((await pull(db, rep, cursor)).rows.notes).toEqual([tombstone]);
    expect((await pull(db, rep)).rows.notes).toContainEqual(tombstone);
  });

  it('returns only the person’s own views and imports', async () => {
    const other = await addMember(db, 'admin');
    expect((await pull(db, rep)).rows.saved_views).toHaveLength(1);
    expect((await pull(db, other)).rows).not.toHaveProperty('saved_views');
    expect((await pull(db, other)).rows).not.toHaveProperty('import_batches');
  });
});

describe('pages', () => {
  it('share one snapshot, and the next pull returns later changes', async () => {
    const ids = await insertNotes(40);
    let round = 0;
    const full = await pull(db, rep, null, {
      limit: 7,
      betweenPages: async () => {
        round += 1;
        const edit = mutation('notes', 'update', {
          id: String(ids[round % 40]),
          patch: { body: `Edit ${round}` },
          base: { body: `Note ${round}` },
        });
        await statuses(db, rep, [edit]);
      },
    });
    expect(full.pages).toBeGreaterThan(5);
    expect(JSON.stringify(full.rows)).not.toContain('Edit ');
    const delta = await pull(db, rep, full.cursor, { limit: 3 });
    const seen = new Map(
      [...(full.rows.notes ?? []), ...(delta.rows.notes ?? [])].map((row) => [row.id, row.body]),
    );
    const truth = await db.query<{ id: string; body: string }>('select id, body from notes');
    expect(seen).toEqual(new Map(truth.map(({ id, body }) => [id, body])));
  });

  it('from before the new entity order continue without gaps', async () => {
    await statuses(db, rep, [
      mutation('companies', 'insert', { patch: { name: 'Two' } }),
      mutation('contacts', 'insert', { patch: { first_name: 'Grace' } }),
    ]);
    const request = { protocol: 1, client_id: clientOf(db, rep), cursor: null };
    const first = await rpc(db, rep, 'sync_pull', { ...request, limit: 3 });
    for (const pull_order of [1, 3, 4, 10]) {
      // A page in the old format, with the pull_order that the table had then.
      const page = JSON.stringify({ ...JSON.parse(first.body.page), pull_order });
      const rest = await rpc(db, rep, 'sync_pull', { ...request, page, limit: 2000 });
      const brought = rest.body.changes.map(({ entity }: { entity: string }) => entity);
      expect(brought).toEqual(expect.arrayContaining(['members', 'contacts', 'companies', 'deals', 'notes']));
    }
  });

  it('from elsewhere are refused', async () => {
    for (const page of ['x', '{}', '{"snapshot": "1"}', 'null'])
      expect(
        await rpc(db, rep, 'sync_pull', { protocol: 1, client_id: clientOf(db, rep), page }),
      ).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
  });
});

describe('a device starts over', () => {
  it.each(['nonsense', 'a/b', '1-1-0/5:5:', ''])('with a cursor that is none: %j', async (cursor) => {
    expect(await pull(db, rep, cursor)).toMatchObject({ reset: true });
  });

  it('with a cursor from ahead of this database', async () => {
    const { cursor } = await pull(db, rep);
    const ahead = cursor.replace(/\/.*/, '/99999999:99999999:');
    expect(await pull(db, rep, ahead)).toMatchObject({ reset: true });
  });

  it('after a restore from backup, with everything, on the first page only', async () => {
    const { cursor } = await pull(db, rep);
    await bump();
    const resets: boolean[] = [];
    const request = { protocol: 1, client_id: clientOf(db, rep), cursor, limit: 30 };
    let reply = await rpc(db, rep, 'sync_pull', request);
    for (; reply.body.page; reply = await rpc(db, rep, 'sync_pull', { ...request, page: reply.body.page }))
      resets.push(reply.body.reset);
    resets.push(reply.body.reset);
    expect(resets).toEqual([true, ...Array(resets.length - 1).fill(false)]);
    expect(await pull(db, rep, reply.body.cursor)).toMatchObject({ reset: false, rows: {} });
  });

  it('in the middle of its pages', async () => {
    const request = { protocol: 1, client_id: clientOf(db, rep), cursor: null, limit: 5 };
    const { body } = await rpc(db, rep, 'sync_pull', request);
    await bump();
    expect((await rpc(db, rep, 'sync_pull', { ...request, page: body.page })).body).toMatchObject({
      reset: true,
    });
  });
});

it('misses nothing while 16 writers with long transactions commit in any order', async () => {
  const writers = await Promise.all(
    Array.from({ length: 16 }, async (_, index) => ({
      index,
      client: await db.connectAsApi(),
      claims: JSON.stringify({ sub: await addMember(db, 'rep') }),
    })),
  );
  const device = new Map<unknown, unknown>();
  let cursor: string | null = null;
  const sync = async () => {
    const delta = await pull(db, rep, cursor);
    cursor = delta.cursor;
    for (const row of delta.rows.companies ?? []) device.set(row.id, row.version);
  };
  for (let round = 0; round < 12; round += 1) {
    // A writer's transaction stays open for up to four rounds, and the order of commits changes with each round.
    const starting = writers.filter(({ index }) => round % (1 + (index % 4)) === 0);
    const ending = writers.filter(({ index }) => round % (1 + (index % 4)) === index % 4);
    await Promise.all(
      starting.map(async ({ client, claims }) => {
        await client.query('begin');
        await client.query(
          `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
          [claims],
        );
      }),
    );
    await Promise.all(
      writers.map(({ client }) =>
        client.query(`insert into public.companies (id, name) values (gen_random_uuid(), 'W')`),
      ),
    );
    for (const { client } of [...ending.slice(round % 7), ...ending.slice(0, round % 7)].reverse()) {
      await client.query('commit');
      await sync();
    }
  }
  for (const { client } of writers) {
    await client.query('commit');
    client.release();
  }
  await sync();
  const truth = await db.query<{ id: string; version: number }>('select id, version from companies');
  expect(truth.length).toBeGreaterThan(12 * 16 - 1);
  expect(device).toEqual(new Map(truth.map(({ id, version }) => [id, version])));
});
