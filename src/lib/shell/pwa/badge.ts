/** Shows on the app's icon how many changes wait to be sent; none at 0, and nothing where the browser has no badges. */
export function showOnBadge(pending: number): void {
  if (!('setAppBadge' in navigator)) return;
  // Refused where the app is not installed, which changes nothing for anybody.
  const shown = pending > 0 ? navigator.setAppBadge(pending) : navigator.clearAppBadge();
  shown.catch(() => undefined);
}
