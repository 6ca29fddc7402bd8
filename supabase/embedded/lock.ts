import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

/** Another living process holds the lock. */
export class LockedError extends Error {
  override name = 'LockedError';

  constructor(
    message: string,
    /** The process that holds it. */
    readonly pid: number,
  ) {
    super(message);
  }
}

interface Holder {
  pid: number;
  /** The start time of that process, if the system reports it; a process that reuses the pid has another. */
  started: string | null;
}

/**
 * Takes a lock file, so that only one process works on what it guards. Takes over a lock that a dead process left.
 *
 * @returns a function that releases the lock; calling it twice does no harm
 * @throws LockedError when a living process, this one included, holds it
 */
export function takeLock(path: string): () => void {
  const mine = `${path}.${randomUUID()}`;
  const holder: Holder = { pid: process.pid, started: processStart(process.pid) };
  writeFileSync(mine, JSON.stringify(holder));
  try {
    while (!link(mine, path)) {
      const other = read(path);
      if (other && isAlive(other)) throw new LockedError(`In use by process ${other.pid}.`, other.pid);
      discardStale(path);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return release(path, holder);
}

function release(path: string, holder: Holder): () => void {
  let held = true;
  const giveBack = () => {
    if (held && read(path)?.pid === holder.pid) rmSync(path, { force: true });
    held = false;
    process.off('exit', giveBack);
  };
  process.on('exit', giveBack);
  return giveBack;
}

/** Whether the lock is now ours: a hard link appears completely and at once, or not at all. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away. If another process has taken the lock meanwhile, moves that lock back. */
function discardStale(path: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved && isAlive(moved)) link(aside, path);
  rmSync(aside, { force: true });
}

function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === null || started === processStart(pid);
}

/** The start time of a process in clock ticks since boot, or null if /proc does not exist. */
function processStart(pid: number): string | null {
  try {
    // The fields follow the command name, which is in parentheses and may itself contain spaces.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
