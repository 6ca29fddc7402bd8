import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, asRole, createDatabase, type Database, type Role } from './database';
import { mutation, rpc, statuses } from './rpc';

let db: Database;
const members = {} as Record<Role, string>;

beforeAll(async () => {
  db = await createDatabase();
  for (const role of ['admin', 'manager', 'rep', 'read_only'] as const)
    members[role] = await addMember(db, role);
});
afterAll(() => db.drop());

const synced = [
  'members',
  'maintenance_windows',
  'companies',
  'contacts',
  'deals',
  'notes',
  'tasks',
  'saved_views',
  'import_batches',
  'conflicts',
];

describe('the rights of the roles', () => {
  it('anon and service_role: no table; authenticated: select, insert and update of synced tables only', async () => {
    const grants = await db.query<{ grantee: string; table_name: string; privileges: string }>(
      `select grantee, table_schema || '.' || table_name as table_name,
         string_agg(privilege_type, ',' order by privilege_type) as privileges
       from information_schema.role_table_grants
       where table_schema in ('public', 'private', 'api') and grantee in ('anon', 'authenticated', 'service_role', 'PUBLIC')
       group by 1, 2 order by 1, 2`,
    );
    const expected = new Map(synced.map((table) => [`public.${table}`, 'INSERT,SELECT,UPDATE']));
    expected.set('public.members', 'SELECT').set('public.conflicts', 'SELECT');
    expected.set('private.entities', 'SELECT').set('private.fields', 'SELECT');
    expect(grants.every(({ grantee }) => grantee === 'authenticated')).toBe(true);
    expect(new Map(grants.map((grant) => [grant.table_name, grant.privileges]))).toEqual(expected);
  });

  it('by column: a member’s profile, a conflict’s decision', async () => {
    const grants = await db.query(
      `select table_name, string_agg(column_name, ',' order by column_name) as columns
       from information_schema.role_column_grants
       where grantee = 'authenticated' and privilege_type = 'UPDATE' and table_name in ('members', 'conflicts')
       group by 1 order by 1`,
    );
    expect(grants).toEqual([
      { table_name: 'conflicts', columns: 'resolution,resolved_at' },
      { table_name: 'members', columns: 'active,full_name,role' },
    ]);
  });

  it('row security is on for every table of public', async () => {
    expect(
      await db.query(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity`,
      ),
    ).toEqual([]);
  });

  it('no schema is open to PUBLIC, and anon reaches only api', async () => {
    const open = await db.query(
      `select n.nspname, r.rolname from pg_namespace n cross join pg_roles r
       where n.nspname in ('public', 'private', 'api') and r.rolname in ('anon', 'service_role')
         and has_schema_privilege(r.rolname, n.oid, 'usage, create')`,
    );
    expect(open).toEqual([{ nspname: 'api', rolname: 'anon' }]);
  });
});

describe('functions', () => {
  const executable = (role: string) =>
    db.query<{ name: string }>(
      `select p.pronamespace::regnamespace || '.' || p.proname as name from pg_proc p
       where p.pronamespace in ('api'::regnamespace, 'private'::regnamespace, 'public'::regnamespace)
         and has_function_privilege($1, p.oid, 'execute') order by 1`,
      [role],
    );

  it('anon executes only api.health; service_role nothing', async () => {
    expect(await executable('anon')).toEqual([{ name: 'api.health' }]);
    expect(await executable('service_role')).toEqual([]);
  });

  it('nothing is executable by PUBLIC', async () => {
    const open = await db.query(
      `select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace in ('api'::regnamespace, 'private'::regnamespace)
         and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
    );
    expect(open).toEqual([]);
  });

  it('every one has an empty search_path', async () => {
    const loose = await db.query(
      `select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace in ('api'::regnamespace, 'private'::regnamespace)
         and not 'search_path=""' = any(coalesce(p.proconfig, '{}'))`,
    );
    expect(loose).toEqual([]);
  });

  it('members cannot directly create invitations, purge or read settings', async () => {
    const names = (await executable('authenticated')).map(({ name }) => name);
    for (const forbidden of [
      'create_invitation',
      'use_invitation',
      'enforce_retention',
      'purge_log',
      'blank_tombstones',
      'setting',
      'make_synced',
    ])
      expect(names).not.toContain(`private.${forbidden}`);
  });

  it.each(['sync_push', 'sync_pull', 'digest', 'activity_log', 'invite'] as const)(
    'anon cannot call %s',
    async (name) => {
      expect((await rpc(db, null, name, {})).status).toBe(401);
    },
  );
});

describe('rows', () => {
  const sample: Record<string, Record<string, unknown>> = {
    companies: { name: 'One' },
    contacts: { first_name: 'Ada' },
    deals: { name: 'Big' },
    notes: { body: 'x' },
    tasks: { title: 'x' },
    saved_views: { entity: 'deals', name: 'x' },
    import_batches: { entity: 'contacts' },
  };

  it.each(Object.keys(sample))('%s are written by admins, managers and reps', async (entity) => {
    for (const role of ['admin', 'manager', 'rep', 'read_only'] as const)
      expect(
        await statuses(db, members[role], [mutation(entity, 'insert', { patch: sample[entity] ?? {} })]),
      ).toEqual([role === 'read_only' ? 'rejected' : 'applied']);
  });

  it.each(Object.keys(sample))(
    '%s cannot be written by a read-only member, not even without the functions',
    async (entity) => {
      const columns = Object.entries(sample[entity] ?? {});
      const insert = `insert into public.${entity} (id, ${columns.map(([name]) => name).join()})
      values (gen_random_uuid(), ${columns.map((_, i) => `$${i + 1}`).join()})`;
      await expect(
        asRole(db, 'authenticated', members.read_only, {}, (client) =>
          client.query(
            insert,
            columns.map(([, value]) => value),
          ),
        ),
      ).rejects.toMatchObject({ code: '42501' });
      const updated = await asRole(db, 'authenticated', members.read_only, {}, (client) =>
        client.query(`update public.${entity} set deleted_at = now()`),
      );
      expect(updated.count).toBe(0);
    },
  );

  it.each([...synced, 'activity_logs', 'invitations'])('%s cannot be deleted by anyone', async (table) => {
    for (const userId of Object.values(members))
      await expect(
        asRole(db, 'authenticated', userId, {}, (client) => client.query(`delete from public.${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
  });

  it.each(synced)('%s are visible only to active members', async (table) => {
    const leaver = await addMember(db, 'admin', { active: false });
    for (const userId of [randomUUID(), leaver, null]) {
      const rows = await asRole(db, 'authenticated', userId, {}, (client) =>
        client.query(`select from public.${table}`),
      );
      expect(rows.count).toBe(0);
    }
  });

  it('a conflict cannot be forged or get another author', async () => {
    for (const sql of [
      `insert into public.conflicts (id, mutation_id, entity, record_id, kind, author_id) select gen_random_uuid(), gen_random_uuid(), 'deals', gen_random_uuid(), 'rejected', '${members.admin}'`,
      `update public.conflicts set author_id = '${members.admin}'`,
      `update public.conflicts set theirs = '1'`,
    ])
      await expect(
        asRole(db, 'authenticated', members.rep, {}, (client) => client.query(sql)),
      ).rejects.toMatchObject({ code: '42501' });
  });

  it("the server sets a row's author and time", async () => {
    const id = randomUUID();
    await asRole(db, 'authenticated', members.rep, {}, (client) =>
      client.query(
        `insert into public.companies (id, name, created_by, created_at, updated_by, version, xid)
         values ($1, 'One', $2, '2001-01-01', $2, 99, '99')`,
        [id, members.admin],
      ),
    );
    const [row] = await db.query(
      `select created_by, updated_by, version, created_at > now() - interval '1 minute' as fresh, xid::text <> '99' as own
       from companies where id = $1`,
      [id],
    );
    expect(row).toEqual({
      created_by: members.rep,
      updated_by: members.rep,
      version: 1,
      fresh: true,
      own: true,
    });
  });
});
