import { pageLife } from '$lib/lifecycle/page-life';

const nameOf = (userId: string) => `atomic-crm:import:${userId}`;

/**
 * Runs `work` unless another tab of this person imports; two would write the same rows twice. The lock goes with the
 * tab, so that an import that was cut off can go on in any. A page that the browser puts away gives the lock back, and
 * takes it again when it returns.
 * @returns false if another tab imports: then the work has not begun, or another tab went on with it meanwhile
 */
export async function onlyImport(userId: string, work: () => Promise<void>): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work().then(() => true);
  let begun: Promise<void> | undefined;
  return pageLife.untilDone(() =>
    locks.request(nameOf(userId), { ifAvailable: true }, async (lock) => {
      if (lock) await pageLife.whileHere((begun ??= work()));
      return lock !== null;
    }),
  );
}

/** Whether a tab of this person imports now. */
export async function isImporting(userId: string): Promise<boolean> {
  const held = (await globalThis.navigator?.locks?.query())?.held ?? [];
  return held.some(({ name }) => name === nameOf(userId));
}

/** What another tab's import is told by. */
export const elsewhere = 'An import is running in another tab.';
