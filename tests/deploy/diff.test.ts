import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCatalogs, readCatalog } from '../../supabase/deploy/catalog';
import { withConnection } from '../../supabase/postgres/connect';
import { createDeployed, type Live } from './live';

const script = (name: string) => fileURLToPath(new URL(`../../supabase/deploy/${name}`, import.meta.url));
const execute = promisify(execFile);

describe('from a database changed by hand to a migration', () => {
  let live: Live;
  beforeAll(async () => {
    live = await createDeployed();
  });
  afterAll(() => live.drop());

  /** Runs a command of package.json on this database and version A's folder of migrations. */
  const command = async (name: string, ...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: live.url, MIGRATIONS_DIR: live.versionA };
    return (await execute(process.execPath, ['--import', 'tsx', script(name), ...args], { env })).stdout;
  };
  const files = () => readdirSync(live.versionA).sort();

  it('finds and writes nothing if nothing changed', async () => {
    const before = files();
    expect(await command('diff.ts', 'nothing')).toContain('No differences');
    expect(files()).toEqual(before);
  });

  it('writes a migration that reproduces the changed database', async () => {
    const before = files();
    await live.query('set role crm_owner; alter table public.contacts add column nickname text; reset role');
    const said = await command('diff.ts', 'Add a nickname');
    expect(said).toContain('it produces exactly the changed schema');
    expect(said, 'the lint finds what the diff cannot see').toContain('add it to private.fields');
    const [added] = files().filter((file) => !before.includes(file));
    expect(added).toMatch(/^\d{14}_add_a_nickname\.sql$/);
    expect(readFileSync(join(live.versionA, added ?? ''), 'utf8')).toMatch(/add column "nickname" text/i);
  });

  it('creates an empty migration by its name', async () => {
    const said = await command('new.ts', 'Next', 'thing');
    expect(said).toContain('_next_thing.sql');
    expect(files().at(-1)).toMatch(/_next_thing\.sql$/);
  });

  it('ends a refused deploy with a failure code', async () => {
    const refused = command(
      'deploy-command.ts',
      '--allow-dirty',
      '--any-hour',
      '--admin',
      'admin@example.com',
    );
    await expect(refused).rejects.toMatchObject({ code: 1 });
  });

  it('asks before a restore and names its target', async () => {
    await expect(command('restore-command.ts', 'backup-1')).rejects.toThrow(
      `127.0.0.1/${live.name} with backup-1`,
    );
  });

  it('takes what the platform creates for no change of the schema', async () => {
    const before = await withConnection(live.url, readCatalog);
    // "Enable automatic RLS" at the creation of a project, in short.
    const automaticRls = (name: string, type: string) =>
      `create function public.${name}() returns ${type} language plpgsql security definer set search_path = pg_catalog
       as $$ begin raise notice 'Row security is on.'; end $$`;
    await live.query(automaticRls('rls_auto_enable', 'event_trigger'));
    expect(compareCatalogs(before, await withConnection(live.url, readCatalog))).toEqual([]);
    await live.query('drop function public.rls_auto_enable()');
    // A function of that name that somebody could call is not the platform's.
    await live.query(automaticRls('rls_auto_enable', 'void'));
    expect(compareCatalogs(before, await withConnection(live.url, readCatalog))).toContain(
      'not from a migration: function public.rls_auto_enable()',
    );
    await live.query('drop function public.rls_auto_enable()');
  });

  it('prints the usage of each command without a name', async () => {
    await expect(command('diff.ts')).rejects.toThrow('npm run db:diff -- <name>');
    await expect(command('new.ts')).rejects.toThrow('npm run db:new --');
    await expect(command('announce.ts', '--at', 'soon')).rejects.toThrow('npm run db:announce --');
    await expect(command('restore-command.ts')).rejects.toThrow('npm run db:restore --');
  });
});
