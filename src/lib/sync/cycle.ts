import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { countWaiting } from '$lib/store/outbox';
import type { Store } from '$lib/store/store';
import { pull } from './pull';
import { push } from './push';

/** What a sync cycle came to; `undefined` failure means complete: all sent, everything pulled. */
export type Outcome = { failure?: Failure | undefined };

/**
 * One cycle: push first, then pull, so that what comes back already holds what was sent. What the pull leaves
 * waiting follows at once: a server that was restored from a backup is offered what it may have lost.
 */
export async function runCycle(
  store: Store,
  remote: Remote,
  progress?: (rows: number) => void,
): Promise<Outcome> {
  for (;;) {
    const failure = (await push(store, remote)) ?? (await pull(store, remote, progress));
    // The device is about to be wiped: what was written while pulling goes to the server first.
    if (failure?.kind === 'deactivated') return { failure: (await push(store, remote)) ?? failure };
    if (failure || !(await isWaiting(store))) return { failure };
  }
}

const isWaiting = async ({ db }: Store) => (await countWaiting(db)) > 0;
