import { pageLife } from '$lib/lifecycle/page-life';

const nameOf = (userId: string) => `atomic-crm:import:${userId}`;

/**
 * Runs `work` unless another tab of this person is importing, because two tabs would write the same rows twice. The
 * lock ends with the tab, so any tab can continue an interrupted import. A page that the browser puts away releases the
 * lock and takes it again when it returns.
 * @returns false if another tab is importing: `work` has not begun, or another tab has continued it
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

/** Whether a tab of this person is importing now. */
export async function isImporting(userId: string): Promise<boolean> {
  const held = (await globalThis.navigator?.locks?.query())?.held ?? [];
  return held.some(({ name }) => name === nameOf(userId));
}

/** The message about another tab's import. */
export const elsewhere = 'An import is running in another tab.';
