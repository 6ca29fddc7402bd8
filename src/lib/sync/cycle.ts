import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { countWaiting } from '$lib/store/outbox';
import type { Store } from '$lib/store/store';
import { Connection, ranOutOfTime, type CycleListener } from './request-size';
import { pull } from './pull';
import { push } from './push';
import { oneAtATime } from './lock';

/** The result of a sync cycle. Without a failure, everything was sent and pulled. */
export type Outcome = { failure?: Failure | undefined };

/**
 * After so many mutations a long outbox is pulled back before more is sent: they come in one page, which settles them.
 * Of several pages each would show its records with the answered mutations on top, and the last all of them once more,
 * in one transaction that stops every save until it ends.
 */
const mostUnpulled = 1_500;

/**
 * One cycle: push first, then pull, so that what comes back already holds what was sent. What the pull leaves
 * waiting follows at once: the rest of a long outbox, and what a server that was restored from a backup may have lost.
 * If only the push fails, the pull runs all the same.
 */
export async function runCycle(
  store: Store,
  remote: Remote,
  connection: Connection = new Connection(),
  listener?: CycleListener,
): Promise<Outcome> {
  for (;;) {
    const unsent = await push(store, remote, connection, { most: mostUnpulled, listener });
    if (unsent && !concernsPushAlone(unsent)) return { failure: unsent };
    const failure = await pull(store, remote, connection, listener);
    // The device is about to be wiped: what was written while pulling goes to the server first.
    if (failure?.kind === 'deactivated')
      return { failure: (await push(store, remote, connection)) ?? failure };
    if (failure || unsent || !(await isWaiting(store))) return { failure: failure ?? unsent };
  }
}

/** The push was refused or took too long for reasons of its own, so a pull may still get through. */
const concernsPushAlone = (failed: Failure): boolean =>
  ['server_error', 'forbidden', 'invalid_request', 'too_large'].includes(failed.kind) ||
  ['busy', 'rate_limited'].includes(failed.code) ||
  ranOutOfTime(failed);

const isWaiting = async ({ db }: Store) => (await countWaiting(db)) > 0;

const connections = new WeakMap<Store, Connection>();

/** One cycle of this tab, while no other tab of this person runs one. */
export function oneCycle(store: Store, remote: Remote, listener: CycleListener): Promise<Outcome> {
  const connection = connections.get(store) ?? new Connection();
  connections.set(store, connection);
  return oneAtATime(store.userId, () => runCycle(store, remote, connection, listener));
}
