import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdirSync } from 'node:fs';
import { supabaseCli } from '../../supabase/deploy/tool';
import { takeLock } from '../../supabase/deploy/steps/lock';
import { createDeployed, createLive, secondsRefused, type Live } from './live';

describe('a first deployment', () => {
  let live: Live;
  beforeAll(async () => {
    live = await createLive();
    // Another version of the platform may use other column types for its texts.
    await live.query('alter table auth.users alter column encrypted_password type text');
  });
  afterAll(() => live.drop());

  it('is refused without a first admin', async () => {
    await expect(live.deploy(live.versionA, { adminEmail: undefined })).rejects.toThrow(
      '--admin ada@example.com',
    );
    expect(await live.query(`select to_regclass('public.members')::text as members`)).toEqual([
      { members: null },
    ]);
  });

  it('is refused if the database has other objects, and names them', async () => {
    await live.query('create table public.by_hand ()');
    await expect(live.deploy(live.versionA)).rejects.toThrow('not from a migration: table public.by_hand');
    await live.query('drop table public.by_hand');
    expect(await live.query(`select to_regclass('public.members')::text as members`)).toEqual([
      { members: null },
    ]);
  });

  it('creates the schema and an invitation that works once', async () => {
    const report = await live.deploy(live.versionA);
    expect(report).toMatchObject({
      downtime: null,
      backup: null,
      invitation: { email: 'admin@example.com' },
    });
    expect(report.applied).toEqual(readdirSync(live.versionA).sort());
    const signUp = (email: string, code: string) =>
      live.query(
        `insert into auth.users (id, email, raw_user_meta_data) values (gen_random_uuid(), $1, jsonb_build_object('invitation_code', $2::text))`,
        [email, code],
      );
    const code = report.invitation?.code ?? '';
    await expect(signUp('other@example.com', code)).rejects.toThrow('invitation_required');
    await signUp('admin@example.com', code);
    expect(await live.query('select email, role from public.members')).toEqual([
      { email: 'admin@example.com', role: 'admin' },
    ]);
  });

  it('leaves a history that the Supabase CLI finds complete', async () => {
    const outcome = await supabaseCli(['db', 'push', '--dry-run', `--remote=${live.url}`]);
    expect(`${outcome.stdout}${outcome.stderr}`).toContain('Remote database is up to date');
  });

  it('changes nothing when run again', async () => {
    expect(await live.deploy(live.versionA)).toMatchObject({
      applied: [],
      window: null,
      backup: null,
      invitation: null,
    });
  });
});

describe('a deployment that must stop', () => {
  let live: Live;
  beforeAll(async () => {
    live = await createDeployed();
  });
  afterAll(() => live.drop());

  const untouched = async () => {
    expect(await secondsRefused(live)).toBeNull();
    expect(await live.query(`select from information_schema.columns where column_name = 'nickname'`)).toEqual(
      [],
    );
  };

  it('is refused without an open window, and names the next', async () => {
    await expect(live.deploy(live.versionB)).rejects.toThrow(
      'No maintenance window is open. None is announced.',
    );
    await live.query(
      `insert into public.maintenance_windows (id, starts_at, ends_at)
       values (gen_random_uuid(), '2099-01-01T21:00Z', '2099-01-01T21:10Z')`,
    );
    await expect(live.deploy(live.versionB)).rejects.toThrow(
      'The next one starts at 2099-01-01T21:00:00.000Z',
    );
    await untouched();
  });

  it('is refused outside the off-hours', async () => {
    const wednesdayNoon = new Date('2026-11-25T12:00:00Z');
    const env = { DEPLOY_TIME_ZONE: 'UTC', DEPLOY_OFF_HOURS: '20-6' };
    const options = { anyHour: false, openNow: true, env, now: wednesdayNoon };
    await expect(live.deploy(live.versionB, options)).rejects.toThrow('It is outside the off-hours');
    await untouched();
  });

  it('is refused while another deploy runs', async () => {
    const other = await takeLock(live.url);
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow('Another deploy is running');
    await other.release();
    await untouched();
  });

  it('is refused through a pooler that shares connections', async () => {
    const url = live.url.replace(/:\d+\//, ':6543/');
    await expect(live.deploy(live.versionB, { url })).rejects.toThrow('session pooler');
  });

  it('is refused if the live schema was changed by hand', async () => {
    await live.query('create index by_hand on public.contacts (city)');
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow(
      'not from a migration: index public.by_hand',
    );
    await live.query('drop index public.by_hand');
    await untouched();
  });

  it('is refused if the checkout lacks migrations of the database', async () => {
    await live.query(
      `insert into supabase_migrations.schema_migrations (version, name) values ('29991231000000', 'elsewhere')`,
    );
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow(
      '29991231000000_elsewhere.sql',
    );
    await live.query(`delete from supabase_migrations.schema_migrations where name = 'elsewhere'`);
    await untouched();
  });
});
