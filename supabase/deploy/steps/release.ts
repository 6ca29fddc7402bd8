import { smokeTest } from './smoke.ts';
import { takeLock } from './lock.ts';
import { closeWindow, openWindow } from './window.ts';

/**
 * Closes a window that a deploy left held, if a push and a pull work. Returns a sentence about it.
 *
 * @throws if the database does not work: the window then stays held
 */
export async function releaseWindow(url: string): Promise<string> {
  const lock = await takeLock(url);
  try {
    const window = await openWindow(lock.sql);
    if (!window?.leftBehind) return 'No deploy holds a window.';
    await smokeTest(lock.sql);
    const closedAt = await closeWindow(lock.sql);
    return `The window held since ${window.startsAt.toISOString()} was closed at ${closedAt.toISOString()}.`;
  } finally {
    await lock.release();
  }
}
