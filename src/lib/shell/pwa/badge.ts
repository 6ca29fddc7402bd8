/** Shows the number of unsent changes on the app's icon; nothing at 0, or if the browser has no badges. */
export function showOnBadge(pending: number): void {
  if (!('setAppBadge' in navigator)) return;
  // The browser refuses it if the app is not installed, which does no harm.
  const shown = pending > 0 ? navigator.setAppBadge(pending) : navigator.clearAppBadge();
  shown.catch(() => undefined);
}
