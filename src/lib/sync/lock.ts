import { PutAwayError, pageLife } from '$lib/lifecycle/page-life';

/** Longer than any one call to the server may take, and far longer than a cycle usually does. */
const longestWait = 45_000;

/**
 * Runs `work` while no other tab of this person runs a cycle. The lock is held for one cycle, never longer, so that a
 * tab that freezes between cycles holds up nobody. A page that the browser puts away gives the lock back at once, and
 * stops waiting for it, because Firefox keeps the locks of such a page. If a tab is frozen in the middle of its cycle (a
 * phone suspends every page it hides), others wait only this long for it. Overlapping cycles do no harm; they only ask
 * the server twice.
 * @throws PutAwayError if the page is put away before the work has ended; or what the work throws
 */
export async function oneAtATime<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  const { departures } = pageLife;
  const waiting = new AbortController();
  let begun = false;
  const leaveTheLine = () => waiting.abort();
  const timer = setTimeout(leaveTheLine, longestWait);
  const stopFollowing = pageLife.onPutAway(leaveTheLine);
  try {
    return (await locks.request(`atomic-crm:sync:${userId}`, { signal: waiting.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return pageLife.whileHere(work());
    })) as T;
  } catch (cause) {
    if (pageLife.departures !== departures) throw new PutAwayError();
    if (begun || !waiting.signal.aborted) throw cause;
    return work();
  } finally {
    clearTimeout(timer);
    stopFollowing();
  }
}
