import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ageLog, enforceRetention } from './aged';
import { addMember, createDatabase, type Database } from './database';
import { event, mutation, push, rpc, statuses } from './rpc';

let db: Database;
let rep: string;
let manager: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
  manager = await addMember(db, 'manager');
});
afterAll(() => db.drop());

const enforce = () => enforceRetention(db);

/** A log entry of this age. */
async function logged(hours: string): Promise<string> {
  const seen = event('view');
  await push(db, rep, [], { events: [seen] });
  await ageLog(db, 'id = $2', hours, seen.event_id);
  return seen.event_id;
}

const inLog = async (id: string) =>
  (await db.query('select from activity_logs where id = $1', [id])).length === 1;

describe('the activity log', () => {
  it('keeps 29 days 23 hours and loses 30 days 1 hour for good', async () => {
    const [young, old] = [await logged('719 hours'), await logged('721 hours')];
    expect((await enforce()).activity_logs).toBe(1);
    expect([await inLog(young), await inLog(old)]).toEqual([true, false]);
  });

  it('hides old entries even before the purge has run', async () => {
    const old = await logged('721 hours');
    const { body } = await rpc(db, manager, 'activity_log', { limit: 500 });
    expect(await inLog(old)).toBe(true);
    expect(body.entries.map(({ id }: { id: string }) => id)).not.toContain(old);
  });
});

describe('the other logs', () => {
  it('of the scheduler lose old runs, even unfinished ones', async () => {
    await db.query(`create schema cron authorization crm_owner;
      create table cron.job_run_details (start_time timestamptz, end_time timestamptz);
      alter table cron.job_run_details owner to crm_owner;
      insert into cron.job_run_details values
        (now() - interval '721 hours', now() - interval '719 hours'),
        (now() - interval '722 hours', now() - interval '721 hours'),
        (now() - interval '721 hours', null),
        (now() - interval '719 hours', null)`);
    expect((await enforce())['cron.job_run_details']).toBe(2);
    await db.query('drop schema cron cascade');
  });

  it('lose old entries too', async () => {
    await db.query(
      `insert into auth.audit_log_entries (created_at) values (now() - interval '721 hours'), (now() - interval '719 hours')`,
    );
    await db.query(
      `insert into private.retention_runs (ran_at, removed) values (now() - interval '721 hours', '{}')`,
    );
    await statuses(db, rep, [mutation('companies', 'insert', { patch: { name: 'One' } })]);
    await db.query(`update private.receipts set received_at = now() - interval '2161 hours'`);
    const removed = await enforce();
    expect(removed['auth.audit_log_entries']).toBe(1);
    expect(removed.receipts).toBeGreaterThan(0);
    expect(
      await db.query(`select from private.retention_runs where ran_at < now() - interval '720 hours'`),
    ).toEqual([]);
  });
});

describe('health', () => {
  const health = async () => (await rpc(db, null, 'health')).body;
  afterEach(enforce);

  it('is good after the first migration and says nothing else', async () => {
    const fresh = await createDatabase();
    expect(await rpc(fresh, null, 'health')).toEqual({ status: 200, body: 'crm-ok' });
    await fresh.drop();
  });

  it('accepts the key of a monitor', async () => {
    const [answer] = await db.query(`select api.health(apikey => 'sb_publishable_embedded') as word`);
    expect(answer).toEqual({ word: 'crm-ok' });
  });

  it('turns stale when no purge has run for 26 hours', async () => {
    await db.query(`update private.retention_runs set ran_at = now() - interval '25 hours 59 minutes'`);
    expect(await health()).toBe('crm-ok');
    await db.query(`update private.retention_runs set ran_at = now() - interval '26 hours 1 minute'`);
    expect(await health()).toBe('crm-stale');
    await db.query('delete from private.retention_runs');
    expect(await health()).toBe('crm-stale');
  });

  it('turns stale when the log has entries over 31 days old', async () => {
    await logged('743 hours');
    expect(await health()).toBe('crm-ok');
    await logged('745 hours');
    expect(await health()).toBe('crm-stale');
    await enforce();
    expect(await health()).toBe('crm-ok');
  });
});
