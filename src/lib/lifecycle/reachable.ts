/** Whether the app's own server answers now. A hotel's sign-in page does not count. */
export async function isReachable(): Promise<boolean> {
  try {
    const { ok, headers } = await fetch('/favicon.svg', { cache: 'no-store' });
    return ok && Boolean(headers.get('content-type')?.startsWith('image/'));
  } catch {
    return false;
  }
}
