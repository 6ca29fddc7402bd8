import type { MaintenanceWindow } from '$lib/entities/maintenance-window';

const day = 24 * 60 * 60_000;

export type WindowState = 'cancelled' | 'over' | 'open' | 'ahead';

/** The state of a window. A window that a deploy holds ends when the deploy closes it, never by the clock. */
export function windowState(window: MaintenanceWindow, now: Date): WindowState {
  if (window.cancelled_at) return 'cancelled';
  if (window.closed_at) return 'over';
  if (now.getTime() < Date.parse(window.starts_at)) return 'ahead';
  return window.held_by_deploy || now.getTime() < Date.parse(window.ends_at) ? 'open' : 'over';
}

/** The window to show now: the open one, or else the next within a day. */
export function windowToShow(windows: MaintenanceWindow[], now: Date): MaintenanceWindow | undefined {
  const at = (state: WindowState) =>
    windows
      .filter((window) => windowState(window, now) === state)
      .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  const next = at('ahead')[0];
  return at('open')[0] ?? (next && Date.parse(next.starts_at) - now.getTime() <= day ? next : undefined);
}
