import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { dayAndTime, localDate, timeOfDay } from '$lib/ui/format-date';
import { turnOf } from './wall-clock';
import { windowState, windowToShow } from './windows';

const minute = 60_000;
const hour = 60 * minute;

/** How near maintenance is; each is louder than the one before. `late` is open beyond the announced end. */
export type Nearness = 'day' | 'hour' | 'minutes' | 'open' | 'late';

/** What the banner says. */
export interface Notice {
  nearness: Nearness;
  /** Another one than before is to be told anew. */
  key: string;
  title: string;
  /** "in 8 min": beside the times and no substitute for them; empty once it is open. */
  countdown: string;
  /** When, by this device's clock; empty where nobody has said. */
  times: string;
  message: string;
}

/** What this device has heard from the server. */
export interface Heard {
  /** When the newest try to sync ended, if maintenance was the answer. */
  refusedAt: Date | null;
  /** When the server last took and gave everything. */
  syncedAt: Date | null;
}

/**
 * What a person should know about maintenance now; undefined: nothing. What the server said counts more than the clock: a
 * window that was opened unannounced is shown, and one that overruns stays until the server takes work again.
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

/** The newest window whose announced end has passed and of whose true end this device has not heard. */
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

/** The clock alone where the other moment is of the same day, else with the day. */
const dayIfOther = (at: Date, other: Date, now: Date) =>
  (localDate(at) === localDate(other) ? timeOfDay(at) : dayAndTime(at, now)) + turnOf(at);

const sentence = (text: string) => (!text || /[.!?…]$/.test(text) ? text : `${text}.`);
