/**
 * Starts the page anew if the app can be reached: a reload without a network, before the app is stored on the device,
 * would lose the page altogether.
 * @returns false where it cannot be reached now
 */
export async function reloadIfReachable(): Promise<boolean> {
  try {
    const { ok } = await fetch('/favicon.svg', { cache: 'no-store' });
    if (ok) location.reload();
    return ok;
  } catch {
    return false;
  }
}
