/**
 * Runs `work` while no other tab of this person runs a cycle. The lock is held for one cycle, never
 * longer, so that a tab that freezes between cycles holds up nobody.
 */
export async function oneAtATime<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks ? ((await locks.request(`atomic-crm:sync:${userId}`, work)) as T) : work();
}
