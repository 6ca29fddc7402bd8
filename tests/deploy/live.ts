import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { deploy, type DeployOptions } from '../../supabase/deploy/deploy';
import type { Progress } from '../../supabase/deploy/progress';
import { databaseScript, OWNER } from '../../supabase/platform/platform';
import { runScripts } from '../../supabase/postgres/connect';
import { accessTo, openPool, type Database } from '../db/database';
import { TEMPLATE } from './setup';

/** A database to deploy to, with two checkouts of the product: version A, and B with one more column. */
export interface Live extends Database {
  url: string;
  versionA: string;
  versionB: string;
  backups: string;
  /** Everything that its deployments printed. */
  said: string[];
  deploy(migrations: string, options?: Partial<DeployOptions>): ReturnType<typeof deploy>;
}

const VERSION_B = {
  '29990101000000_nickname.sql': `
    -- The person's nickname.
    alter table public.contacts add column nickname text;
    alter table public.contacts add constraint contacts_nickname_length check (length(nickname) <= 300);
    insert into private.fields (entity, field, json_types) values ('contacts', 'nickname', array['string']);
  `,
  '29990101000001_grade.sql': `
    alter table public.companies add column grade int;
    insert into private.fields (entity, field, json_types, pattern)
    values ('companies', 'grade', array['number', 'string'], '^-?[0-9]+$');
  `,
};

/** Creates a database, empty like a new project or a copy of another, and the two checkouts. Call `drop` when done. */
export async function createLive(template?: string): Promise<Live> {
  const name = `live_${randomBytes(6).toString('hex')}`;
  const url = (user: string, database = name) =>
    inject('liveServer').replace('{user}', user).replace('{database}', database);
  const admin = url('postgres', 'postgres');
  await runScripts(admin, `create database ${name} owner ${OWNER} template ${template ?? 'template1'}`);
  const superuser = openPool(url('postgres'), 5);
  if (!template) await superuser.unsafe(databaseScript());
  const api = openPool(url('authenticator'), 20);
  const folder = mkdtempSync(join(tmpdir(), 'crm-deploy-'));
  const checkout = (version: string, files: Record<string, string>) => {
    const directory = join(folder, version);
    cpSync(inject('versionA'), directory, { recursive: true });
    for (const [file, sql] of Object.entries(files)) writeFileSync(join(directory, file), sql);
    return directory;
  };
  const said: string[] = [];
  const progress: Progress = {
    begin: (step) => said.push(`▸ ${step}`),
    note: (line) => said.push(line),
    end: () => {},
  };
  const backups = join(folder, 'backups');
  const live: Live = {
    name,
    ...accessTo(superuser, api),
    url: url(OWNER),
    versionA: checkout('a', {}),
    versionB: checkout('b', VERSION_B),
    backups,
    said,
    deploy: (migrations, options = {}) =>
      deploy({
        ...{ url: live.url, migrations, backups, progress },
        ...{ adminEmail: 'admin@example.com', allowDirty: true, anyHour: true, ...options },
      }),
    async drop() {
      await Promise.all([api.end({ timeout: 5 }), superuser.end({ timeout: 5 })]);
      await runScripts(admin, `drop database ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return live;
}

/** A database with version A and data in it: a team of six and 300 contacts. */
export async function createDeployed(): Promise<Live & { members: string[] }> {
  const live = await createLive(TEMPLATE);
  const members = Array.from({ length: 6 }, () => randomUUID());
  for (const [index, id] of members.entries()) {
    const role = index === 0 ? 'admin' : 'rep';
    await live.query('insert into public.members (id, email, full_name, role) values ($1, $2, $3, $4)', [
      ...[id, `${id}@example.com`, `Member ${index}`, role],
    ]);
    await live.query('insert into auth.users (id, email, encrypted_password) values ($1, $2, $3)', [
      ...[id, `${id}@example.com`, 'a hash'],
    ]);
  }
  await live.query(
    `insert into public.contacts (id, first_name, background, tags, emails)
     select gen_random_uuid(), 'Contact ' || i, e'line one\\nline\\ttwo \\\\N \\\\.', array['a "b"', 'c, d'],
       jsonb_build_array(jsonb_build_object('value', i || '@example.com', 'label', null))
     from generate_series(1, 300) i`,
  );
  return Object.assign(live, { members });
}

/** The seconds for which the server will refuse work; null while it accepts work. */
export async function secondsRefused(live: Live): Promise<number | null> {
  const [row] = await live.query<{ seconds: number | null }>(
    'select private.maintenance_seconds() as seconds',
  );
  return row?.seconds ?? null;
}
