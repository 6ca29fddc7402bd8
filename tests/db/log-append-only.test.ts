import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, asRole, createDatabase, type Database } from './database';
import { event, push } from './rpc';

let db: Database;
let admin: string;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

describe('append-only', () => {
  const verbs = [
    'update public.activity_logs set user_id = null',
    'delete from public.activity_logs',
    'truncate public.activity_logs',
    `insert into public.activity_logs (action, entity_type) values ('view', 'forged')`,
  ];
  it.each(['anon', 'authenticated', 'service_role'] as const)(
    '%s can neither read nor write it',
    async (role) => {
      for (const verb of [...verbs, 'select * from public.activity_logs'])
        await expect(asRole(db, role, admin, {}, (client) => client.query(verb))).rejects.toMatchObject({
          code: '42501',
        });
    },
  );

  it.each(['crm_owner', 'crm_logger', 'postgres'])('%s cannot rewrite young entries', async (role) => {
    await push(db, rep, [], { events: [event('view')] });
    for (const verb of verbs.slice(0, 3)) {
      const client = await db.connect();
      await client.query(`begin; set local role ${role}`);
      const before = await db.query('select count(*) as n from activity_logs');
      const attempt = await client.query(verb).then(
        ({ count }) => count,
        (error: { code: string }) => error.code,
      );
      await client.query('rollback');
      client.release();
      // Row security shows the logger no young row to delete; everything else fails with an error.
      expect([0, '42501']).toContain(attempt);
      expect(await db.query('select count(*) as n from activity_logs')).toEqual(before);
    }
  });

  it('not even with ordinary triggers turned off', async () => {
    const client = await db.connect();
    await client.query('begin; set local session_replication_role = replica');
    await expect(client.query('delete from public.activity_logs')).rejects.toMatchObject({ code: '42501' });
    await client.query('rollback');
    client.release();
  });
});
