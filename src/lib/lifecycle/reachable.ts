/** Whether the app's own server answers now. A hotel's sign-in page in its place is no answer. */
export async function isReachable(): Promise<boolean> {
  try {
    const { ok, headers } = await fetch('/favicon.svg', { cache: 'no-store' });
    return ok && Boolean(headers.get('content-type')?.startsWith('image/'));
  } catch {
    return false;
  }
}

/**
 * Starts the page anew if the app can be reached: a reload without a network, before the app is stored on the device,
 * would lose the page altogether.
 * @returns false where it cannot be reached now
 */
export async function reloadIfReachable(): Promise<boolean> {
  const reachable = await isReachable();
  if (reachable) location.reload();
  return reachable;
}
