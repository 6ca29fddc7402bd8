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

describe('reading the log', () => {
  const read = (userId: string, request: object = {}) => rpc(db, userId, 'activity_log', request);

  it('is possible only for managers and admins', async () => {
    expect((await read(manager)).status).toBe(200);
    expect((await read(admin)).status).toBe(200);
    for (const userId of [rep, await addMember(db, 'read_only')])
      expect(await read(userId)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('returns pages, newest first, without gaps or repeats', async () => {
    const seen = new Set<string>();
    let before: string | null = null;
    let last = '9999';
    do {
      const { body } = await read(manager, { before, limit: 100 });
      for (const entry of body.entries) {
        expect(entry.timestamp <= last).toBe(true);
        expect(seen.has(entry.id)).toBe(false);
        last = entry.timestamp;
        seen.add(entry.id);
      }
      before = body.before;
    } while (before);
    const [{ n }] = (await db.query('select count(*) as n from activity_logs')) as [{ n: number }];
    expect(seen.size).toBe(n);
  });

  it('filters by user, record, kind and action', async () => {
    const insert = mutation('tasks', 'insert', { patch: { title: 'Call' } });
    await statuses(db, rep, [insert]);
    const filter = { user_id: rep, entity_type: 'tasks', entity_id: insert.id, action: 'create' };
    expect((await read(manager, filter)).body.entries).toEqual([
      expect.objectContaining({ ...filter, ip_address: '203.0.113.7' }),
    ]);
    for (const other of [
      { user_id: admin },
      { entity_type: 'notes' },
      { entity_id: randomUUID() },
      { action: 'view' },
    ])
      expect((await read(manager, { ...filter, ...other })).body.entries).toEqual([]);
  });

  it('filters by the time of the action, and by address', async () => {
    const [early, late] = [event('view'), event('list')];
    early.occurred_at = new Date(Date.now() - 7_200_000).toISOString();
    await push(db, rep, [], { events: [early, late], ip: '192.0.2.9' });
    const found = async (request: object) =>
      (await read(manager, { ip: '192.0.2.9', ...request })).body.entries.map(({ id }: { id: string }) => id);
    const between = new Date(Date.now() - 3_600_000).toISOString();
    expect(await found({})).toEqual([late.event_id, early.event_id]);
    expect(await found({ since: between })).toEqual([late.event_id]);
    expect(await found({ until: between })).toEqual([early.event_id]);
    expect(await found({ ip: '192.0.2.0/24' })).toEqual([late.event_id, early.event_id]);
    expect(await found({ ip: '192.0.2.8' })).toEqual([]);
  });

  it('orders the entries of one call across pages', async () => {
    const start = Date.now() - 60_000;
    const acts = Array.from({ length: 7 }, (_, index) => ({
      ...event('view'),
      occurred_at: new Date(start + index * 1000).toISOString(),
    }));
    await push(db, rep, [], { events: acts, ip: '198.51.100.77' });
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const { body } = await read(manager, { before, limit: 3, ip: '198.51.100.77' });
      seen.push(...body.entries.map(({ id }: { id: string }) => id));
      before = body.before;
    } while (before);
    expect(seen).toEqual(acts.map(({ event_id }) => event_id).reverse());
  });

  it('returns the retention time and its last run', async () => {
    const { body } = await read(manager);
    const [{ ran_at }] = (await db.query('select max(ran_at) as ran_at from private.retention_runs')) as [
      { ran_at: Date },
    ];
    expect(body.retention.kept_hours).toBe(720);
    expect(Date.parse(body.retention.last_run)).toBe(new Date(ran_at).getTime());
  });

  it.each([
    { user_id: 'x' },
    { since: 'x' },
    { until: 'x' },
    { ip: 'x' },
    { limit: 'x' },
    { before: 'x' },
    { before: '2026-01-01|x' },
    null,
    [],
  ])('refuses %j', async (request) => {
    expect(await read(manager, request as object)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });
});
