import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { dayAndTime, localDate, timeOfDay } from '$lib/ui/format-date';
import { turnOf } from './wall-clock';
import { windowState, windowToShow } from './windows';

const minute = 60_000;
const hour = 60 * minute;

/** The stages of a notice. Each is more prominent than the one before. `late` is open beyond the announced end. */
export type Nearness = 'day' | 'hour' | 'minutes' | 'open' | 'late';

/** The content of the banner. */
export interface Notice {
  nearness: Nearness;
  /** If the key changes, the notice is announced again. */
  key: string;
  title: string;
  /** A countdown like "in 8 min", shown beside the times; empty once the window is open. */
  countdown: string;
  /** The times by this device's clock; empty if nobody has given them. */
  times: string;
  message: string;
}

/** The last answers of the server to this device. */
export interface Heard {
  /** The end of the newest sync attempt, if maintenance was the answer. */
  refusedAt: Date | null;
  /** The time of the last complete sync. */
  syncedAt: Date | null;
}

/**
 * The notice about maintenance that a person should see now; undefined if there is none. The server's answer counts
 * more than the clock: it shows a window that nobody announced, and keeps one that overruns until the server accepts
 * changes again.
 */
export function noticeOf(windows: MaintenanceWindow[], heard: Heard, now: Date): Notice | undefined {
  const shown = windowToShow(windows, now);
  const isOpen = shown !== undefined && windowState(shown, now) === 'open';
  if (isOpen) return inProgress(shown, Date.parse(shown.ends_at) <= now.getTime(), now);
  if (!heard.refusedAt) return shown && scheduled(shown, now);
  const ended = endedUnheard(windows, heard, now);
  const isLate = ended !== undefined && Date.parse(ended.ends_at) < heard.refusedAt.getTime();
  return inProgress(ended, isLate, now);
}

/** The newest window whose announced end has passed, if this device has not heard whether it really ended. */
function endedUnheard(windows: MaintenanceWindow[], { syncedAt }: Heard, now: Date) {
  const end = ({ ends_at }: MaintenanceWindow) => Date.parse(ends_at);
  return windows
    .filter((window) => windowState(window, now) === 'over' && !window.closed_at)
    .filter((window) => end(window) > (syncedAt?.getTime() ?? 0))
    .sort((a, b) => end(b) - end(a))[0];
}

function inProgress(window: MaintenanceWindow | undefined, isLate: boolean, now: Date): Notice {
  const end = window && dayIfOther(new Date(window.ends_at), now, now);
  return {
    nearness: isLate ? 'late' : 'open',
    key: `${window?.id} ${isLate}`,
    title: isLate || !end ? 'Maintenance in progress.' : 'Maintenance in progress',
    countdown: '',
    times: !end ? '' : isLate ? late(new Date(window.ends_at), now) : `until ${end}, your time.`,
    message: sentence(window?.message ?? ''),
  };
}

function scheduled(window: MaintenanceWindow, now: Date): Notice {
  const [from, to] = [new Date(window.starts_at), new Date(window.ends_at)];
  const left = from.getTime() - now.getTime();
  const nearness = left <= 10 * minute ? 'minutes' : left <= hour ? 'hour' : 'day';
  return {
    nearness,
    key: `${window.id} ${nearness}`,
    title: 'Scheduled maintenance',
    countdown: nearness === 'day' ? '' : `in ${Math.max(1, Math.ceil(left / minute))} min`,
    times: `${dayAndTime(from, now)}${turnOf(from)} to ${dayIfOther(to, from, now)}, your time.`,
    message: sentence(window.message ?? ''),
  };
}

function late(end: Date, now: Date): string {
  const on = localDate(end) === localDate(now) ? 'at' : 'on';
  return `It was due to end ${on} ${dayIfOther(end, now, now)} and is running late.`;
}

/** The time alone if it is on the same day as the other moment, else with the day. */
const dayIfOther = (at: Date, other: Date, now: Date) =>
  (localDate(at) === localDate(other) ? timeOfDay(at) : dayAndTime(at, now)) + turnOf(at);

const sentence = (text: string) => (!text || /[.!?…]$/.test(text) ? text : `${text}.`);
