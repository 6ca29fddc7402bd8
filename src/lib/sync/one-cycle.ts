import type { Remote } from '$lib/remote/remote';
import type { Store } from '$lib/store/store';
import { runCycle, type Outcome } from './cycle';
import { oneAtATime } from './lock';

/** One cycle of this tab, while no other tab of this person runs one. */
export const oneCycle = (store: Store, remote: Remote, progress: (rows: number) => void): Promise<Outcome> =>
  oneAtATime(store.userId, () => runCycle(store, remote, progress));
