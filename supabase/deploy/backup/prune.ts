import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const KEEP_MS = 720 * 60 * 60 * 1000;
const NAME = /^backup-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})(\.partial)?$/;

/**
 * Removes backups older than 720 hours, because the log entries in them must not live longer, and unfinished backups
 * one hour after they began. Returns the names of the removed folders.
 */
export async function pruneBackups(directory: string, now = new Date()): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of await readdir(directory).catch(() => [])) {
    const [, y, mo, d, h, mi, s, ms, partial] = NAME.exec(entry) ?? [];
    if (!y) continue;
    const age = now.getTime() - Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
    if (age <= (partial ? KEEP_MS / 720 : KEEP_MS)) continue;
    await rm(join(directory, entry), { recursive: true, force: true });
    removed.push(entry);
  }
  return removed;
}
