/** Longer than any one call to the server may take, and far longer than a cycle usually does. */
const longestWait = 45_000;

/**
 * Runs `work` while no other tab of this person runs a cycle. The lock is held for one cycle, never longer, so that a
 * tab that freezes between cycles holds up nobody. One that is frozen in the middle of its own (a phone suspends every
 * page it hides) is waited for only so long: cycles that overlap do each other no harm, they ask the server twice.
 */
export async function oneAtATime<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  const waiting = new AbortController();
  let begun = false;
  const timer = setTimeout(() => waiting.abort(), longestWait);
  try {
    return (await locks.request(`atomic-crm:sync:${userId}`, { signal: waiting.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return work();
    })) as T;
  } catch (cause) {
    if (begun || !waiting.signal.aborted) throw cause;
    return work();
  } finally {
    clearTimeout(timer);
  }
}
