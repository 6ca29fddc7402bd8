import { appendFile, chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '../embedded/lock.ts';
import { freePort } from '../embedded/free-port.ts';
import { CannotStart } from '../terminal/cannot-start.ts';
import { accountForPostgres, runAs, type Account } from './account.ts';
import { endWithThisProcess } from './ending.ts';
import { OWNER_FILE, removeLeftovers } from './leftovers.ts';
import { makePlace, type Place } from './place.ts';
import { npmPrograms, program } from './programs.ts';

/** The superuser's password. */
export const PASSWORD = 'local-only';

/** A Postgres on this machine. It listens only on 127.0.0.1, without a socket. */
export interface Server {
  /** The folder of its files; `data/postmaster.pid` in it names its process. */
  directory: string;
  port: number;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Its name in messages, such as "The Postgres of the tests". */
  what?: string;
  /** The folder with its programs; by default, those from npm. */
  bin?: string;
  /** Its settings, each as `name=value`; the last one wins. */
  settings?: string[];
}

/** Turns off what a disposable database does not need. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
];
const PORT_TRIES = 5;

interface Installation extends Place {
  what: string;
  account: Account | null;
}

/**
 * Creates a disposable database in a temporary folder and starts a Postgres on it, on a free port. Root may start it
 * too, even in a folder that only root can enter: Postgres then runs under another account, with a copy of its programs
 * if needed. It stops with this process. If this process is killed, the next start stops it and removes its files.
 *
 * @throws CannotStart with a sentence for the person at the terminal
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { what = 'The local Postgres', settings = [] } = options;
  const bin = options.bin ?? npmPrograms(what);
  const account = accountForPostgres(what);
  await removeLeftovers();
  const installation = { what, account, ...(await makePlace({ what, bin, account })) };
  const { directory } = installation;
  const giveUp = takeLock(join(directory, OWNER_FILE));
  const forget = endWithThisProcess(directory);
  const remove = async () => {
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forget();
    giveUp();
  };
  try {
    await initialize(installation, [...SETTINGS, ...settings]);
    const port = await start(installation);
    return {
      directory,
      port,
      async stop() {
        await control(installation, 'stop', '-m', 'fast');
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function initialize(
  { what, account, bin, data, directory }: Installation,
  settings: string[],
): Promise<void> {
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const { ok, said } = await runAs(
    account,
    program(bin, 'initdb'),
    // Text and its sort order are the same on every machine, whatever its language.
    [
      ...['-D', data, '-U', 'postgres', '--auth=password', `--pwfile=${passwordFile}`],
      ...['--no-sync', '--encoding=UTF8', ...(await localeOf(bin, account, data))],
    ],
    data,
  );
  await rm(passwordFile);
  if (!ok) throw new CannotStart(what, `initdb failed with "${reasonIn(said)}"`, remedyFor(said, directory));
  const lines = settings.map((setting) => {
    const [name, ...value] = setting.split('=');
    return `${name} = '${value.join('=').replaceAll("'", "''")}'\n`;
  });
  await appendFile(join(data, 'postgresql.conf'), lines.join(''));
}

/** Unicode without the machine's own locales, which Postgres supports from version 17 on. */
async function localeOf(bin: string, account: Account | null, folder: string): Promise<string[]> {
  const { said } = await runAs(account, program(bin, 'initdb'), ['--version'], folder);
  const version = Number(/ (\d+)/.exec(said)?.[1]);
  return version >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C'];
}

/** Starts it and returns its port. Tries another port if another process takes a free one before Postgres does. */
async function start(installation: Installation): Promise<number> {
  const { what, data, directory } = installation;
  const log = join(data, 'log');
  for (let left = PORT_TRIES; ; left -= 1) {
    const port = await freePort();
    await appendFile(join(data, 'postgresql.conf'), `port = ${port}\n`);
    await rm(log, { force: true });
    if (await control(installation, 'start', '-l', log)) return port;
    const said = await readFile(log, 'utf8').catch(() => '');
    const isTaken = said.includes('Address already in use');
    if (!isTaken || left <= 1)
      throw new CannotStart(what, `it ended with "${reasonIn(said)}"`, remedyFor(said, directory));
  }
}

async function control(
  { account, bin, data }: Installation,
  action: string,
  ...args: string[]
): Promise<boolean> {
  const { ok } = await runAs(
    account,
    program(bin, 'pg_ctl'),
    [action, '-D', data, '-w', '-s', ...args],
    data,
  );
  return ok;
}

/** The line of the output that states the problem. */
function reasonIn(said: string): string {
  const lines = said.trim().split('\n');
  const line = lines.findLast((text) => /FATAL|PANIC|error:/.test(text)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC|error): +/, '').trim() || 'no reason given';
}

function remedyFor(said: string, directory: string): string {
  if (/No space left on device/.test(said))
    return `make room on the disk of ${directory}, or set TMPDIR to another`;
  if (/shared memory|Cannot allocate memory|out of memory/.test(said)) return 'give this machine more memory';
  if (/could not access file|could not load library/.test(said))
    return 'install what is missing for this version of Postgres';
  return 'fix that and run the command again';
}
