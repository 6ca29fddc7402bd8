import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-services-'));
const file = join(folder, 'file');
const empty = join(folder, 'empty');
const damaged = join(folder, 'damaged');
const nowhere = 'postgres://127.0.0.1:1/crm';

let taken: Server;
beforeAll(async () => {
  writeFileSync(file, '');
  mkdirSync(empty);
  mkdirSync(join(damaged, 'postgres', 'base'), { recursive: true });
  writeFileSync(join(damaged, 'postgres', 'PG_VERSION'), '17');
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});
const port = () => String((taken.address() as AddressInfo).port);

const tsx = (script: string, ...args: string[]) => ['--import', 'tsx', script, ...args];
const vitest = (project: string) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
const app = tsx('supabase/embedded/start.ts');
const backend = tsx('supabase/embedded/backend.ts');
const noChromium = `Chromium cannot start because CHROMIUM_PATH names ${file}, which does not run; set it`;
const noDatabase = (what: string, variable = 'DATABASE_URL') =>
  `${what} cannot start because no Postgres answers at 127.0.0.1:1; fix that, or correct ${variable}.`;

interface Case {
  args: string[];
  env: () => Record<string, string>;
  sentence: () => string;
}

const cases: Record<string, Case> = {
  'the app on a port in use': {
    args: app,
    env: () => ({ PORT: port() }),
    sentence: () =>
      `The app cannot start because port ${port()} is in use; stop the program that uses it, or set PORT`,
  },
  'the backend on a port in use': {
    args: backend,
    env: () => ({ BACKEND_PORT: port() }),
    sentence: () =>
      `The backend cannot start because port ${port()} is in use; stop the program that uses it, or set BACKEND_PORT`,
  },
  'the backend in a data directory that is a file': {
    args: backend,
    env: () => ({ DATA_DIR: file }),
    sentence: () =>
      `The backend cannot start because the data directory ${file} cannot be used (it is a file); set DATA_DIR`,
  },
  'the backend on a damaged database': {
    args: backend,
    env: () => ({ DATA_DIR: damaged }),
    sentence: () =>
      `PGlite cannot start because the database in ${join(damaged, 'postgres')} cannot be opened (`,
  },
  'the backend without its Postgres': {
    args: backend,
    env: () => ({ DATABASE_URL: nowhere }),
    sentence: () => noDatabase('The backend'),
  },
  'the dev server with a data directory that is a file': {
    args: ['node_modules/vite/bin/vite.js', 'dev', '--port', '0'],
    env: () => ({ DATA_DIR: file }),
    sentence: () =>
      `The backend cannot start because the data directory ${file} cannot be used (it is a file)`,
  },
  'a deploy without its database': {
    args: tsx('supabase/deploy/deploy-command.ts', '--allow-dirty'),
    env: () => ({ DATABASE_URL: nowhere }),
    sentence: () => noDatabase('This command'),
  },
  'a comparison with a database that is not there': {
    args: tsx('supabase/deploy/diff.ts', 'a-name'),
    env: () => ({ DATABASE_URL: nowhere }),
    sentence: () => noDatabase('This command'),
  },
  'an announcement to what is no address': {
    args: tsx('supabase/deploy/announce.ts', '--at', '2099-01-01T00:00'),
    env: () => ({ DATABASE_URL: 'nonsense' }),
    sentence: () =>
      'This command cannot start because DATABASE_URL is not the address of a Postgres; write it as',
  },
  'the check of pg_cron without PG_CRON_BIN': {
    args: tsx('tests/cron/run.ts'),
    env: () => ({ PG_CRON_BIN: '' }),
    sentence: () =>
      'The Postgres with pg_cron cannot start because PG_CRON_BIN does not name a folder with its programs; install',
  },
  'the check of pg_cron with an empty folder': {
    args: tsx('tests/cron/run.ts'),
    env: () => ({ PG_CRON_BIN: empty }),
    sentence: () =>
      `The Postgres with pg_cron cannot start because the program initdb is not in ${empty}; run`,
  },
  'the database tests without their Postgres': {
    args: vitest('db'),
    env: () => ({ TEST_POSTGRES_URL: nowhere }),
    sentence: () => noDatabase('The Postgres of the tests', 'TEST_POSTGRES_URL'),
  },
  'the HTTP tests without a temporary folder': {
    args: vitest('http'),
    env: () => ({ TMPDIR: file }),
    sentence: () =>
      `This command cannot start because no temporary folder can be made in ${file} (ENOTDIR); set`,
  },
  'the browser tests without Chromium': {
    args: ['node_modules/@playwright/test/cli.js', 'test', '--list'],
    env: () => ({ CHROMIUM_PATH: file }),
    sentence: () => noChromium,
  },
  'the bench without Chromium': {
    args: tsx('tests/bench/run.ts', 'app'),
    env: () => ({ CHROMIUM_PATH: file }),
    sentence: () => noChromium,
  },
};

test.each(Object.entries(cases))(
  '%s says why in one sentence and fails',
  async (_, { args, env, sentence }) => {
    // vitest sets these variables for its own tests, not for the programs that they start.
    const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST$)/.test(name));
    const child = spawn(process.execPath, args, {
      env: { ...Object.fromEntries(own), DATA_DIR: join(folder, 'data'), SEED: 'none', ...env() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(said.split(sentence())).toHaveLength(2);
    expect(said).not.toMatch(/^\s+at |❯|Unhandled/m);
    expect(code).toBeGreaterThan(0);
  },
);
