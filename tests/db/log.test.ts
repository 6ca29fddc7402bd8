import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { event, mutation, push, rpc, statuses } from './rpc';

let db: Database;
let admin: string;
let manager: string;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
  manager = await addMember(db, 'manager');
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const entries = (entityId: string) =>
  db.query(
    `select action, entity_type, user_id, host(ip_address) as ip, changes from activity_logs
     where entity_id = $1 order by "timestamp", occurred_at`,
    [entityId],
  );
const actions = async (entityId: string) => (await entries(entityId)).map(({ action }) => action);

describe('every write leaves one row', () => {
  it('insert, update, delete and restore, with who, where and what changed', async () => {
    const insert = mutation('contacts', 'insert', { patch: { first_name: 'Ada', title: 'Chef' } });
    const { id } = insert;
    for (const step of [
      insert,
      mutation('contacts', 'update', { id, base: { title: 'Chef' }, patch: { title: 'Owner' } }),
      mutation('contacts', 'delete', { id }),
      mutation('contacts', 'restore', { id }),
    ])
      await push(db, rep, [step], { ip: '198.51.100.4' });
    const log = await entries(id);
    expect(log.map(({ action }) => action)).toEqual(['create', 'update', 'delete', 'restore']);
    expect(log[1]).toEqual({
      action: 'update',
      entity_type: 'contacts',
      user_id: rep,
      ip: '198.51.100.4',
      changes: { title: { old: 'Chef', new: 'Owner' } },
    });
  });

  it('in bulk too', async () => {
    const inserts = Array.from({ length: 300 }, () => mutation('notes', 'insert', { patch: { body: 'x' } }));
    const edits = inserts.map(({ id }) =>
      mutation('notes', 'update', { id, base: { body: 'x' }, patch: { body: 'y' } }),
    );
    await statuses(db, rep, inserts);
    await statuses(db, rep, edits);
    await statuses(
      db,
      rep,
      inserts.map(({ id }) => mutation('notes', 'delete', { id })),
    );
    const counts = await db.query(
      `select action, count(*) as n, count(distinct entity_id) as records from activity_logs where entity_id = any($1) group by action order by action`,
      [inserts.map(({ id }) => id)],
    );
    expect(counts).toEqual(
      ['create', 'delete', 'update'].map((action) => ({ action, n: 300, records: 300 })),
    );
  });

  it('role, access and maintenance changes as their own actions', async () => {
    const member = await addMember(db, 'rep');
    const change = (base: object, patch: object) =>
      mutation('members', 'update', { id: member, base: { ...base }, patch: { ...patch } });
    await statuses(db, admin, [change({ role: 'rep' }, { role: 'manager' })]);
    await statuses(db, admin, [change({ active: true }, { active: false })]);
    await statuses(db, admin, [change({ active: false }, { active: true })]);
    await statuses(db, member, [change({ full_name: 'The rep' }, { full_name: 'Mo' })]);
    expect(await actions(member)).toEqual(['create', 'role_change', 'deactivate', 'reactivate', 'update']);
    const window = mutation('maintenance_windows', 'insert', {
      patch: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2030-01-01T01:00:00Z' },
    });
    await statuses(db, admin, [window]);
    await statuses(db, admin, [
      mutation('maintenance_windows', 'update', {
        id: window.id,
        base: { message: null },
        patch: { message: 'Soon' },
      }),
    ]);
    expect(await actions(window.id)).toEqual(['maintenance', 'maintenance']);
  });

  it('and no change leaves no row', async () => {
    const insert = mutation('companies', 'insert', { patch: { name: 'One' } });
    await statuses(db, rep, [insert]);
    await statuses(db, rep, [
      mutation('companies', 'update', { id: insert.id, base: { name: 'x' }, patch: { name: 'One' } }),
    ]);
    expect(await actions(insert.id)).toEqual(['create']);
  });
});

describe('the time of an action', () => {
  const times = async (id: string) =>
    (
      await db.query<{ late: number; future: boolean }>(
        `select round(extract(epoch from "timestamp" - occurred_at))::int as late, occurred_at > "timestamp" as future
         from activity_logs where entity_id = $1`,
        [id],
      )
    )[0];
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  it('is when the person acted offline', async () => {
    const insert = mutation('companies', 'insert', { patch: { name: 'One' }, occurred_at: ago(60) });
    await push(db, rep, [insert]);
    expect((await times(insert.id))?.late).toBeGreaterThanOrEqual(3599);
    expect((await times(insert.id))?.late).toBeLessThan(3660);
  });

  it('is corrected by the error of the device clock', async () => {
    const insert = mutation('companies', 'insert', {
      patch: { name: 'One' },
      occurred_at: ago(3 * 1440 + 10),
    });
    await push(db, rep, [insert], { sentAt: new Date(Date.now() - 3 * 86_400_000) });
    expect((await times(insert.id))?.late).toBeGreaterThanOrEqual(599);
    expect((await times(insert.id))?.late).toBeLessThan(660);
  });

  it('is never later than the server’s recording', async () => {
    const insert = mutation('companies', 'insert', { patch: { name: 'One' }, occurred_at: ago(-600) });
    await push(db, rep, [insert]);
    expect(await times(insert.id)).toEqual({ late: 0, future: false });
  });
});

describe('the address', () => {
  it.each([
    ['2001:db8::1', '2001:db8::1'],
    ['not an address', null],
    ['198.51.100.1, 203.0.113.1', null],
    ['198.51.100.0/24', null],
    [null, null],
  ])('%j is logged as %j without stopping the write', async (ip, logged) => {
    const insert = mutation('companies', 'insert', { patch: { name: 'One' } });
    await push(db, rep, [insert], { ip });
    expect((await entries(insert.id))[0]).toMatchObject({ ip: logged });
  });

  it('never comes from a header that clients control', async () => {
    const seen = event('view');
    const spoofed = { 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4' };
    const request = {
      protocol: 1,
      client_id: randomUUID(),
      sent_at: new Date().toISOString(),
      mutations: [],
      events: [seen],
    };
    await rpc(db, rep, 'sync_push', request, { ip: null, headers: spoofed });
    expect((await entries(seen.entity_id))[0]).toMatchObject({ action: 'view', ip: null });
  });
});

describe('events', () => {
  it('are stored once, whatever is repeated', async () => {
    const seen = event('view');
    await push(db, rep, [], { events: [seen, seen] });
    const again = await push(db, rep, [], { events: [seen] });
    expect(again.body).toMatchObject({ events_accepted: 1, events_rejected: [] });
    expect(await actions(seen.entity_id)).toEqual(['view']);
  });

  it('are recognized after the log has removed them', async () => {
    const user = await addMember(db, 'rep');
    const seen = event('view', { occurred_at: new Date(Date.now() - 31 * 86_400_000).toISOString() });
    await push(db, user, [], { events: [seen] });
    expect(await actions(seen.entity_id)).toEqual(['view']);
    await db.query('alter table activity_logs disable trigger guard_rows');
    await db.query('delete from activity_logs where id = $1', [seen.event_id]);
    await db.query('alter table activity_logs enable always trigger guard_rows');
    await push(db, user, [], { events: [seen] });
    expect(await actions(seen.entity_id)).toEqual([]);
  });

  it.each(['view', 'list', 'search', 'export', 'import', 'print', 'sign_in', 'sign_out', 'discard'])(
    'may say %s',
    async (action) => {
      const seen = event(action);
      expect((await push(db, rep, [], { events: [seen] })).body.events_rejected).toEqual([]);
      expect(await actions(seen.entity_id)).toEqual([action]);
    },
  );

  it.each([
    'create',
    'update',
    'delete',
    'restore',
    'merge',
    'resolve',
    'invite',
    'role_change',
    'maintenance',
    'x',
    '',
  ])('may not say %j', async (action) => {
    const seen = event(action);
    const reply = await push(db, rep, [], { events: [seen] });
    expect(reply.body).toMatchObject({
      events_accepted: 0,
      events_rejected: [{ event_id: seen.event_id, code: 'forbidden' }],
    });
    expect(await actions(seen.entity_id)).toEqual([]);
  });

  it('are refused one by one when malformed', async () => {
    const good = { ...event('list'), entity_id: null };
    const bad = [
      { ...event('view'), event_id: 'x' },
      { ...event('view'), entity_id: 'x' },
      { ...event('view'), entity_type: 'No Table' },
      null,
    ];
    const reply = await push(db, rep, [], { events: [good, ...bad] });
    expect(reply.body).toMatchObject({
      events_accepted: 1,
      events_rejected: bad.map(() => ({ code: 'invalid_value' })),
    });
    expect(await db.query('select entity_id from activity_logs where id = $1', [good.event_id])).toEqual([
      { entity_id: null },
    ]);
  });

  it("cannot replace someone else's", async () => {
    const seen = event('view');
    await push(db, rep, [], { events: [seen] });
    const reply = await push(db, manager, [], { events: [seen] });
    expect(reply.body.events_rejected).toEqual([{ event_id: seen.event_id, code: 'duplicate' }]);
    expect((await entries(seen.entity_id)).map(({ user_id }) => user_id)).toEqual([rep]);
  });
});
