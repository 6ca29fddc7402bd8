import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from './backend-app.ts';
import { remove, temporaryFolder } from './harness.ts';

const OLD = '20261122000001_schemas.sql';
let folder: string;
let dataDir: string;
let migrations: string;

/** A data directory whose database has one migration that this version of the app does not have. */
beforeAll(async () => {
  folder = temporaryFolder();
  dataDir = join(folder, 'data');
  migrations = join(folder, 'migrations');
  cpSync(new URL('../migrations', import.meta.url), migrations, { recursive: true });
  writeFileSync(join(migrations, OLD), 'create table public.from_before (id int primary key);');
  const backend = await start();
  await backend.database.query('insert into public.from_before values (1)');
  await backend.close();
});
afterAll(() => remove(folder));

const start = () => createBackend({ dataDir, seed: 'none', migrations });
const SENTENCE =
  /^The backend cannot start because the database in the data directory \S+data was made with other migrations than those of this version of the app; move that folder away to start with a new database, or check out the version that made it\.$/;

test.each([
  ['a migration that is gone', () => rmSync(join(migrations, OLD))],
  ['a migration that was edited since', () => writeFileSync(join(migrations, OLD), 'select 1;')],
])('refuses a data folder with %s and changes nothing', async (_, change) => {
  writeFileSync(join(migrations, '99990101000000_later.sql'), 'create table public.later (id int);');
  change();
  await expect(start()).rejects.toThrow(SENTENCE);

  // The version that made it still opens it: the data is there, and no later file was applied.
  rmSync(join(migrations, '99990101000000_later.sql'));
  writeFileSync(join(migrations, OLD), 'create table public.from_before (id int primary key);');
  const backend = await start();
  const [row] = await backend.database.query(
    `select (select count(*)::int from public.from_before) as kept, to_regclass('public.later') as later`,
  );
  await backend.close();
  expect(row).toEqual({ kept: 1, later: null });
});
