import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { lintDatabase, lintFiles } from '../../supabase/deploy/lint';
import { readMigrations } from '../../supabase/deploy/migrations';
import { createDatabase, type Database } from './database';

let db: Database;
beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

const databaseUrl = () => {
  const { host, port, password } = inject('cluster');
  return `postgresql://crm_owner:${password}@${host}:${port}/${db.name}`;
};

const ours = `('public'::regnamespace, 'api'::regnamespace, 'private'::regnamespace)`;

it('the migration linter finds nothing in any migration', async () => {
  expect((await lintFiles(await readMigrations())).findings).toEqual([]);
});

it('the Supabase CLI’s advisors find nothing in exposed schemas', async () => {
  await db.query(`alter database ${db.name} set pgrst.db_schemas = 'api'`);
  expect((await lintDatabase(databaseUrl())).findings).toEqual([]);
  await db.query('create table api.left_open (id int primary key); grant select on api.left_open to anon');
  const { findings } = await lintDatabase(databaseUrl());
  await db.query('drop table api.left_open');
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('Table `api.left_open` is public, but RLS has not been enabled'),
  ]);
});

it.each([
  [
    'a foreign key without an index',
    `select c.conrelid::regclass || '.' || c.conname as found from pg_constraint c
     where c.contype = 'f' and c.connamespace in ${ours} and not exists (
       select from pg_index i where i.indrelid = c.conrelid
         and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
  ],
  [
    'a table without a primary key',
    `select r.oid::regclass::text as found from pg_class r
     where r.relkind in ('r', 'p') and r.relnamespace in ${ours} and not exists (
       select from pg_constraint c where c.conrelid = r.oid and c.contype = 'p')`,
  ],
  [
    'two identical indexes',
    `select min(i.indexrelid::regclass::text) as found from pg_index i join pg_class r on r.oid = i.indrelid
     where r.relnamespace in ${ours}
     group by i.indrelid, i.indkey::text, i.indclass::text, i.indpred::text, i.indexprs::text having count(*) > 1`,
  ],
  [
    'a table of public without row security',
    `select r.oid::regclass::text as found from pg_class r
     where r.relkind in ('r', 'p') and r.relnamespace = 'public'::regnamespace and not r.relrowsecurity`,
  ],
  [
    'a policy that lets every signed-in user write everything',
    `select tablename || '.' || policyname as found from pg_policies
     where schemaname = 'public' and not roles && array['crm_logger']::name[]
       and cmd in ('INSERT', 'UPDATE', 'DELETE', 'ALL') and 'true' in (qual, with_check)`,
  ],
  [
    'a policy for everyone, anon included',
    `select tablename || '.' || policyname as found from pg_policies
     where schemaname = 'public' and roles && array['public', 'anon']::name[]`,
  ],
  [
    'a policy that trusts data that users can write themselves',
    `select tablename || '.' || policyname as found from pg_policies
     where schemaname = 'public' and concat(qual, with_check) like '%user_metadata%'`,
  ],
  [
    'two permissive policies for the same role and action',
    `select tablename || ' ' || cmd as found from pg_policies, unnest(roles) role
     where schemaname = 'public' and permissive = 'PERMISSIVE' group by tablename, cmd, role having count(*) > 1`,
  ],
  [
    'a view, materialized view or foreign table without row security',
    `select r.oid::regclass::text as found from pg_class r
     where r.relkind in ('v', 'm', 'f') and r.relnamespace in ${ours}`,
  ],
  [
    'an extension in one of our schemas',
    `select extname as found from pg_extension where extnamespace in ${ours}`,
  ],
  [
    'a function whose caller can set the search_path',
    `select p.oid::regprocedure::text as found from pg_proc p
     where p.pronamespace in ${ours} and not 'search_path=""' = any(coalesce(p.proconfig, '{}'))`,
  ],
  [
    'a function that PUBLIC may execute',
    `select p.oid::regprocedure::text as found from pg_proc p
     where p.pronamespace in ${ours}
       and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
  ],
])('the database does not have %s', async (_, query) => {
  expect(await db.query(query)).toEqual([]);
});

it('only the invitations have row security without a policy', async () => {
  const closed = await db.query(
    `select r.relname from pg_class r
     where r.relkind = 'r' and r.relnamespace = 'public'::regnamespace and r.relrowsecurity
       and not exists (select from pg_policy p where p.polrelid = r.oid)`,
  );
  expect(closed).toEqual([{ relname: 'invitations' }]);
});
