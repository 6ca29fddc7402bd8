import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import type { Store } from '$lib/store/store';
import { pull } from './pull';
import { push } from './push';

/** What a sync cycle came to; `undefined` failure means complete: all sent, everything pulled. */
export type Outcome = { failure?: Failure | undefined };

/** One cycle: push first, then pull, so that what comes back already holds what was sent. */
export async function runCycle(
  store: Store,
  remote: Remote,
  progress?: (rows: number) => void,
): Promise<Outcome> {
  const failure = (await push(store, remote)) ?? (await pull(store, remote, progress));
  return { failure };
}
