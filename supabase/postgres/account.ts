import { execFile, spawnSync } from 'node:child_process';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The account of this machine that Postgres runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/** How a program ended, and what it printed. */
export interface Ended {
  ok: boolean;
  /** Everything it printed; the system's error code, such as `EACCES`, when it could not be started at all. */
  said: string;
}

/** Accounts that own nothing of value, the most fitting first. */
const CANDIDATES = ['postgres', 'nobody', 'daemon'];
const INT32 = 2 ** 31 - 1;

/**
 * Postgres refuses to run as root, so root needs another account for it; everybody else runs it themselves (null).
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
    'add one with "useradd postgres", or run the command as somebody other than root',
  );
}

/** Null if there is no such account, or if its number is one that Node cannot pass on. */
function idOf(which: '-u' | '-g', name: string): number | null {
  const id = Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout ?? '', 10);
  return id > 0 && id <= INT32 ? id : null;
}

/**
 * Runs a program to its end under an account, in a folder that the account can enter. Messages are in English, whatever
 * language the machine speaks, because the caller looks for words in them.
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
      // Node throws some failures to start, such as a system that is out of memory, and reports others.
      resolve({ ok: false, said: String((error as NodeJS.ErrnoException).code ?? error) });
    }
  });
}
