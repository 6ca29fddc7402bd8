import type { Remote } from '$lib/remote/remote';
import type { Store } from '$lib/store/store';
import { runCycle, type Outcome } from './cycle';
import { Line, type CycleListener } from './line';
import { oneAtATime } from './lock';

const lines = new WeakMap<Store, Line>();

/** One cycle of this tab, while no other tab of this person runs one. */
export function oneCycle(store: Store, remote: Remote, listener: CycleListener): Promise<Outcome> {
  const line = lines.get(store) ?? new Line();
  lines.set(store, line);
  return oneAtATime(store.userId, () => runCycle(store, remote, line, listener));
}
