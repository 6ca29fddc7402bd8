import { execFile, spawnSync } from 'node:child_process';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The system account that Postgres runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/** The exit code of a program and what it printed. */
export interface Ended {
  ok: boolean;
  /** Everything it printed, or the system's error code, such as `EACCES`, if it could not be started at all. */
  said: string;
}

/** Accounts that own nothing of value, the best choice first. */
const CANDIDATES = ['postgres', 'nobody', 'daemon'];
const INT32 = 2 ** 31 - 1;

/**
 * Postgres refuses to run as root, so root needs another account for it. Everyone else runs it themselves (null).
 *
 * @throws CannotStart when root finds no such account
 */
export function accountForPostgres(what: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of CANDIDATES) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid && gid) return { uid, gid };
  }
  throw new CannotStart(
    what,
    `Postgres refuses to run as root and this machine has no account named ${CANDIDATES.join(' or ')}`,
    'add one with "useradd postgres", or run the command as a user other than root',
  );
}

/** Null if there is no such account, or if Node cannot use its number. */
function idOf(which: '-u' | '-g', name: string): number | null {
  const id = Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout ?? '', 10);
  return id > 0 && id <= INT32 ? id : null;
}

/**
 * Runs a program to its end under an account, in a folder that the account can enter. Its messages are in English,
 * whatever the machine's language, because the caller searches them.
 */
export function runAs(
  account: Account | null,
  program: string,
  args: string[],
  folder: string,
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...account };
    try {
      execFile(program, args, options, (error, stdout, stderr) => {
        const notStarted = typeof error?.code === 'string' ? error.code : '';
        resolve({ ok: !error, said: notStarted || stdout + stderr });
      });
    } catch (error) {
      // Node throws some startup failures, such as a system that is out of memory, and reports others as events.
      resolve({ ok: false, said: String((error as NodeJS.ErrnoException).code ?? error) });
    }
  });
}
