import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CannotStart } from '../terminal/cannot-start.ts';
import { withConnection } from './connect.ts';
import { makePlace } from './place.ts';
import { npmPrograms } from './programs.ts';
import { PASSWORD, startServer, type Server, type ServerOptions } from './server.ts';

const isRoot = process.getuid?.() === 0;
const WHAT = 'The Postgres of this test';
const script = fileURLToPath(new URL('started-and-killed.ts', import.meta.url));

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-postgres-test-'));
  // Only its owner can enter it, as with root's home folder.
  chmodSync(folder, 0o700);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: ServerOptions = {}): Promise<Server> {
  const server = await startServer({ what: WHAT, ...options });
  servers.push(server);
  return server;
}

async function ask(server: Server, sql: string): Promise<unknown> {
  const url = `postgresql://postgres:${PASSWORD}@127.0.0.1:${server.port}/postgres`;
  const [row] = await withConnection(url, (connection) => connection.unsafe<{ answer: unknown }[]>(sql));
  return row?.answer;
}

/** Copies the programs from npm into a folder that only its owner can enter. */
function privatePrograms(name = 'Büro 営業'): string {
  const home = join(folder, name);
  cpSync(dirname(npmPrograms(WHAT)), home, { recursive: true, verbatimSymlinks: true });
  return join(home, 'bin');
}

test('starts although only its user can enter the programs and TMPDIR', async () => {
  const bin = privatePrograms();
  const temporary = join(folder, 'temporary ü');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);

  const server = await start({ bin });

  expect(await ask(server, `select upper('ö') as answer`)).toBe('Ö');
  // Root needs another account, which gets a copy elsewhere; other users need neither.
  expect(existsSync(join(server.directory, 'programs'))).toBe(isRoot);
  expect(dirname(server.directory) === temporary).toBe(!isRoot);
});

test('starts from a folder with shell characters in its name', async () => {
  const bin = privatePrograms('$HOME `of` "Postgres"');
  const server = await start({ bin });
  expect(await ask(server, 'select 1 as answer')).toBe(1);
  vi.stubEnv('TMPDIR', dirname(bin));
  const elsewhere = await start();
  expect(dirname(elsewhere.directory)).not.toBe(dirname(bin));
});

test('two servers have separate ports and files, and leave nothing', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one.port).not.toBe(other.port);
  expect(await ask(one, 'select inet_server_port() as answer')).toBe(one.port);
  expect(await ask(other, 'select inet_server_port() as answer')).toBe(other.port);
  await other.stop();
  expect(existsSync(other.directory)).toBe(false);
  expect(await ask(one, 'select 1 as answer')).toBe(1);
});

/** Starts Postgres in its own process, ends that process with a signal, and returns where the files were. */
async function startedAndEnded(signal: NodeJS.Signals): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const directory = String(said).trim();
  expect(existsSync(join(directory, 'data', 'postmaster.pid'))).toBe(true);
  child.kill(signal);
  await once(child, 'exit');
  return directory;
}

test.each(['SIGINT', 'SIGTERM'] as const)('removes its files when the process ends by %s', async (signal) => {
  expect(existsSync(await startedAndEnded(signal))).toBe(false);
});

test('the next start stops and removes the Postgres of a killed process', async () => {
  const left = await startedAndEnded('SIGKILL');
  const [pid] = readFileSync(join(left, 'data', 'postmaster.pid'), 'utf8').split('\n');
  expect(process.kill(Number(pid), 0), 'it is still running').toBe(true);
  const running = await start();
  expect(existsSync(left)).toBe(false);
  expect(commandOf(pid)).not.toContain(left);
  await start();
  expect(existsSync(running.directory), 'the files of a living process stay').toBe(true);
});

/** The command of a process; empty if it has ended, or on a system without /proc. */
function commandOf(pid: string | undefined): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const reason = (job: Promise<unknown>): Promise<string> =>
  job.then(
    () => 'It started.',
    (error: unknown) => (error instanceof CannotStart ? error.message : `no sentence: ${String(error)}`),
  );

test('names a folder without programs', async () => {
  expect(await reason(start({ bin: folder }))).toBe(
    `${WHAT} cannot start because the program initdb is not in ${folder}; ` +
      'run "npm ci", or name the folder that has the Postgres programs.',
  );
});

test('reports the complaint of Postgres and removes its files', async () => {
  chmodSync(folder, 0o755);
  vi.stubEnv('TMPDIR', folder);
  const said = await reason(start({ settings: ['shared_preload_libraries=no_such_library'] }));
  expect(said).toBe(
    `${WHAT} cannot start because it ended with "could not access file "no_such_library": No such file or directory"; ` +
      'install what is missing for this version of Postgres.',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('lists the temporary folders that could not be used', async () => {
  const wishes = { what: WHAT, bin: npmPrograms(WHAT), account: null };
  const [missing, other] = [join(folder, 'missing'), join(folder, 'other')];
  expect(await reason(makePlace(wishes, [missing, other]))).toBe(
    `${WHAT} cannot start because ${missing} cannot be written to (ENOENT) and ${other} cannot be written to (ENOENT); ` +
      'set TMPDIR to a folder that you can write to, and run "npm ci" if the programs are damaged.',
  );
});

test('names programs that do not run', async () => {
  const bin = privatePrograms();
  chmodSync(join(bin, 'initdb'), 0o644);
  const said = await reason(makePlace({ what: WHAT, bin, account: null }, [folder]));
  expect(said).toContain(`${WHAT} cannot start because ${join(bin, 'initdb')} does not run (EACCES); `);
  expect(readdirSync(folder).filter((name) => name.startsWith('crm-cluster-'))).toEqual([]);
});
