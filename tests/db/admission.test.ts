import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database, type Role } from './database';
import { event, mutation, pull, push, rpc, statuses } from './rpc';

let db: Database;
let admin: string;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const company = () => mutation('companies', 'insert', { patch: { name: 'One' } });
const pullOnce = (userId: string, protocol: unknown = 1) =>
  rpc(db, userId, 'sync_pull', { protocol, client_id: randomUUID(), cursor: null });

describe('protocol versions', () => {
  it.each([0, 1])('%i is accepted', async (protocol) => {
    expect((await push(db, rep, [company()], { protocol })).status).toBe(200);
    expect((await pullOnce(rep, protocol)).status).toBe(200);
  });

  it.each([-1, 2])('%i must update first, and nothing is stored', async (protocol) => {
    const insert = company();
    expect(await push(db, rep, [insert], { protocol })).toMatchObject({
      status: 426,
      body: { code: 'client_outdated' },
    });
    expect(await db.query('select from companies where id = $1', [insert.id])).toEqual([]);
    expect(await pullOnce(rep, protocol)).toMatchObject({ status: 426, body: { code: 'client_outdated' } });
  });

  it.each(['1', null, 1.5])('%j is not a protocol', async (protocol) => {
    expect(await pullOnce(rep, protocol)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('a device', () => {
  it('belongs to the first user who uses it', async () => {
    const clientId = randomUUID();
    expect((await push(db, rep, [], { clientId })).status).toBe(200);
    expect(await push(db, admin, [company()], { clientId })).toMatchObject({
      status: 403,
      body: { code: 'client_taken' },
    });
  });

  it('is rate-limited after 1,200 calls a minute by its user', async () => {
    const user = await addMember(db, 'rep');
    const [first, second] = [randomUUID(), randomUUID()];
    await push(db, user, [], { clientId: first });
    const setCalls = (calls: number) =>
      db.query(
        `update private.clients set calls = $1, minute = date_trunc('minute', now()) where client_id = $2`,
        [calls, first],
      );
    await setCalls(1199);
    expect((await push(db, user, [], { clientId: second })).status).toBe(200);
    const insert = company();
    await setCalls(1200);
    const refused = await push(db, user, [insert], { clientId: second });
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.retryAfter).toBeGreaterThan(0);
    expect(await db.query('select from companies where id = $1', [insert.id])).toEqual([]);
    expect((await push(db, rep, [])).status).toBe(200);
    await db.query(`update private.clients set minute = minute - interval '1 minute'`);
    expect((await push(db, user, [insert], { clientId: second })).status).toBe(200);
  });
});

describe('a user who is not a member', () => {
  it('is refused everywhere and never logged', async () => {
    const stranger = randomUUID();
    for (const reply of [
      await push(db, stranger, [company()], { events: [event('view')] }),
      await pullOnce(stranger),
      await rpc(db, stranger, 'digest', { protocol: 1, client_id: randomUUID() }),
      await rpc(db, stranger, 'activity_log', {}),
      await rpc(db, stranger, 'invite', { email: 'a@example.com', role: 'rep' }),
    ])
      expect(reply).toMatchObject({ status: 403, body: { code: 'not_a_member' } });
    expect(await db.query('select from activity_logs where user_id = $1', [stranger])).toEqual([]);
  });
});

describe('a deactivated member', () => {
  it('has their outbox kept for managers and their events logged', async () => {
    const leaver = await addMember(db, 'rep');
    const manager = await addMember(db, 'manager');
    await push(db, leaver, []);
    await db.query('update members set active = false where id = $1', [leaver]);
    const [insert, edit, seen] = [company(), company(), event('view')];
    for (const mutations of [[insert], [insert, edit]]) {
      const reply = await push(db, leaver, mutations, { events: [seen] });
      expect(reply).toMatchObject({
        status: 403,
        body: { code: 'deactivated', message: expect.any(String) },
      });
    }
    const kept = (await pull(db, manager)).rows.conflicts ?? [];
    expect(kept.map((c) => [c.record_id, c.kind, (c.error as { code: string }).code])).toEqual(
      expect.arrayContaining([
        [insert.id, 'rejected', 'deactivated'],
        [edit.id, 'rejected', 'deactivated'],
      ]),
    );
    expect(kept).toHaveLength(2);
    expect(await db.query('select from companies where id = $1', [insert.id])).toEqual([]);
    expect(await db.query('select user_id from activity_logs where id = $1', [seen.event_id])).toEqual([
      { user_id: leaver },
    ]);
  });

  it('can leave at most 5,000 open changes to the managers', async () => {
    const leaver = await addMember(db, 'rep', { active: false });
    await db.query(
      `insert into conflicts (id, mutation_id, entity, record_id, kind, error, author_id)
       select gen_random_uuid(), gen_random_uuid(), 'companies', gen_random_uuid(), 'rejected',
         '{"code": "deactivated"}', $1 from generate_series(1, 4999)`,
      [leaver],
    );
    const [last, more, seen] = [company(), company(), event('view')];
    const kept = () => db.query('select from conflicts where record_id = any($1)', [[last.id, more.id]]);
    expect(await push(db, leaver, [last, more], { events: [seen] })).toMatchObject({
      status: 429,
      body: { code: 'rate_limited' },
      retryAfter: 3600,
    });
    expect(await kept()).toEqual([]);
    expect(await push(db, leaver, [last])).toMatchObject({ status: 403, body: { code: 'deactivated' } });
    expect(await kept()).toHaveLength(1);
    // Repeated questions and calls without changes are answered as usual.
    for (const mutations of [[last], []])
      expect(await push(db, leaver, mutations)).toMatchObject({ status: 403, body: { code: 'deactivated' } });
    expect(await push(db, leaver, [more])).toMatchObject({ status: 429 });
    await db.query(
      `update conflicts set resolved_at = now(), resolution = 'theirs' where author_id = $1 and record_id <> $2`,
      [leaver, last.id],
    );
    expect(await push(db, leaver, [more])).toMatchObject({ status: 403, body: { code: 'deactivated' } });
    expect(await kept()).toHaveLength(2);
  });

  it('can no longer read anything', async () => {
    const leaver = await addMember(db, 'admin', { active: false });
    const request = { protocol: 1, client_id: randomUUID() };
    for (const reply of [
      await pullOnce(leaver),
      await rpc(db, leaver, 'digest', request),
      await rpc(db, leaver, 'activity_log', {}),
      await rpc(db, leaver, 'invite', { email: 'b@example.com', role: 'rep' }),
    ])
      expect(reply).toEqual({ status: 403, body: expect.objectContaining({ code: 'deactivated' }) });
  });
});

describe('a read-only member', () => {
  it('has each mutation rejected and each event logged', async () => {
    const reader = await addMember(db, 'read_only');
    const [first, second, seen] = [company(), company(), event('view')];
    const reply = await push(db, reader, [first, second], { events: [seen] });
    expect(reply.body).toMatchObject({
      results: [first, second].map(({ mutation_id }) => ({
        mutation_id,
        status: 'rejected',
        error: { code: 'read_only' },
      })),
      events_accepted: 1,
    });
    expect(await db.query('select from conflicts where author_id = $1', [reader])).toHaveLength(2);
  });
});

describe('maintenance', () => {
  beforeEach(() => db.query('delete from maintenance_windows'));
  const open = (details: { held?: boolean; from?: string; to?: string } = {}) =>
    db.query(
      `insert into maintenance_windows (id, starts_at, ends_at, held_by_deploy)
       values (gen_random_uuid(), now() + $1::interval, now() + $2::interval, $3)`,
      [details.from ?? '-1 minute', details.to ?? '5 minutes', details.held ?? false],
    );

  it('answers every sync call with the wait, and stores nothing', async () => {
    await open();
    const insert = company();
    const refused = await push(db, rep, [insert], { events: [event('view')] });
    expect(refused).toMatchObject({ status: 423, body: { code: 'maintenance' } });
    // Not the five minutes to its end, because it may be closed early.
    expect(refused.retryAfter).toBe(60);
    expect(refused.body.details).toBe(String(refused.retryAfter));
    expect((await pullOnce(rep)).body.code).toBe('maintenance');
    expect((await push(db, admin, [insert])).body.code).toBe('maintenance');
    expect((await push(db, admin, [])).body.code).toBe('maintenance');
    expect(await db.query('select from companies where id = $1', [insert.id])).toEqual([]);
    expect((await rpc(db, null, 'health')).body).toBe('crm-ok');
  });

  it('lets only an admin close the window', async () => {
    await open();
    const [window] = await db.query<{ id: string }>('select id from maintenance_windows');
    const close = () =>
      mutation('maintenance_windows', 'update', {
        id: String(window?.id),
        base: { closed_at: null },
        patch: { closed_at: new Date().toISOString() },
      });
    expect((await push(db, rep, [close()])).body.code).toBe('maintenance');
    expect(await statuses(db, admin, [close()])).toEqual(['merged']);
    expect((await pullOnce(rep)).status).toBe(200);
  });

  it('lasts from start to end, unless a deploy holds it', async () => {
    await open({ from: '1 minute' });
    await open({ from: '-2 minutes', to: '-1 minute' });
    expect((await pullOnce(rep)).status).toBe(200);
    await open({ from: '-2 minutes', to: '-1 minute', held: true });
    expect(await pullOnce(rep)).toMatchObject({ status: 423, retryAfter: 60 });
  });

  it('can be announced only by admins', async () => {
    const window = () =>
      mutation('maintenance_windows', 'insert', {
        patch: { starts_at: '2030-01-01T02:00:00Z', ends_at: '2030-01-01T02:10:00Z', message: 'Update' },
      });
    const roles: [Role, string][] = [
      ['manager', 'rejected'],
      ['rep', 'rejected'],
      ['read_only', 'rejected'],
      ['admin', 'applied'],
    ];
    for (const [role, status] of roles)
      expect(await statuses(db, await addMember(db, role), [window()])).toEqual([status]);
  });
});

it('no refusal is a 503, which PostgREST takes for a lost database', async () => {
  const statuses = await db.query<{ status: string }>(
    `select distinct m[1] as status from pg_proc p
     cross join lateral regexp_matches(p.prosrc, 'private[.]fail[(](?:[^;]*?), (\\d{3})[,)]', 'g') m
     where p.pronamespace in ('api'::regnamespace, 'private'::regnamespace)`,
  );
  const found = statuses.map(({ status }) => status);
  expect(found).toEqual(expect.arrayContaining(['400', '403', '423', '429']));
  expect(found).not.toContain('503');
});

it('a lock timeout is answered as temporary, not as a rejection', async () => {
  const [one, two] = [company(), company()];
  await statuses(db, rep, [one, two]);
  const blocker = await db.connect();
  await blocker.query('begin');
  await blocker.query('select from companies where id = $1 for update', [one.id]);
  await db.query(`alter function api.sync_push(jsonb) set lock_timeout = '50ms'`);
  const edit = mutation('companies', 'update', { id: one.id, base: { name: 'One' }, patch: { name: 'Two' } });
  const reply = await push(db, rep, [edit]);
  await blocker.query('rollback');
  blocker.release();
  expect(reply).toMatchObject({ status: 429, body: { code: 'busy' }, retryAfter: 1 });
  expect(await statuses(db, rep, [edit])).toEqual(['merged']);
});
