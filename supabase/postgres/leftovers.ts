import { lstat, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../embedded/lock.ts';
import { bases, PREFIX } from './place.ts';

/** The lock file of a place: it names the process that the place belongs to. */
export const OWNER_FILE = 'owner';

/**
 * Removes the places of processes that were killed before they could clean up. A Postgres that still runs there notices
 * within a minute that its folder is gone and ends by itself, so no process is ended by a number that may be another's
 * by now.
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
    // A folder without an owner is being made at this moment.
    if (!(await isMine(directory)) || !existsSync(owner)) return;
    const release = takeLock(owner);
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    release();
  } catch {
    // Its owner lives, or another start is removing it too: nobody is kept from starting by a folder that stays.
  }
}

/** Whether this user made the folder: in a shared temporary folder everybody may choose its name. */
async function isMine(directory: string): Promise<boolean> {
  const stats = await lstat(directory);
  return stats.isDirectory() && (!process.getuid || stats.uid === process.getuid());
}
