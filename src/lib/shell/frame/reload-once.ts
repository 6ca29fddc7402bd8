const key = 'atomic-crm:reloaded-for-code';
const between = 600_000;

/**
 * Whether the page may reload itself now because code is missing. It may once in ten minutes: if one reload did not help,
 * another one will not either.
 */
export function mayReload(storage: Pick<Storage, 'getItem' | 'setItem'>, now: number): boolean {
  try {
    const since = now - Number(storage.getItem(key) ?? -Infinity);
    if (since >= 0 && since < between) return false;
    storage.setItem(key, String(now));
    return true;
  } catch {
    // Without storage, we cannot know whether the page has reloaded before.
    return false;
  }
}
