import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '../embedded/lock.ts';
import { bases, PREFIX } from './place.ts';

/** The lock file of a place. It names the process that owns the place. */
export const OWNER_FILE = 'owner';

/**
 * Removes the places of processes that were killed before they could clean up, and stops any Postgres that still runs
 * there.
 */
export async function removeLeftovers(among = bases()): Promise<void> {
  for (const base of among) {
    const names = await readdir(base).catch(() => []);
    for (const name of names) if (name.startsWith(PREFIX)) await removeIfLeft(join(base, name));
  }
}

async function removeIfLeft(directory: string): Promise<void> {
  const owner = join(directory, OWNER_FILE);
  try {
    // A folder without an owner is just being created.
    if (!(await isMine(directory)) || !existsSync(owner)) return;
    const release = takeLock(owner);
    await endServer(join(directory, 'data'));
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    release();
  } catch {
    // Its owner is alive, or another start is removing it too. A folder that stays must not stop anyone from starting.
  }
}

/**
 * Stops the Postgres on a folder. Its process id may have been reused, so the process must name the folder. On a system
 * that does not show this, nothing more is needed: a Postgres whose folder is gone exits within a minute.
 */
async function endServer(data: string): Promise<void> {
  const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const runsHere = async () =>
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').includes(data);
  if (!pid || !(await runsHere())) return;
  process.kill(Number(pid), 'SIGQUIT');
  for (let tries = 200; tries > 0 && (await runsHere()); tries -= 1) await pause(50);
}

/** Whether this user created the folder: in a shared temporary folder, anyone can choose its name. */
async function isMine(directory: string): Promise<boolean> {
  const stats = await lstat(directory);
  return stats.isDirectory() && (!process.getuid || stats.uid === process.getuid());
}
