import { localDate } from '$lib/ui/format-date';

/** A quick pick for a due date. */
export interface DuePick {
  label: string;
  /** `YYYY-MM-DD` */
  date: string;
}

/** Today, tomorrow and the next Monday, as local days. */
export function duePicks(now: Date): DuePick[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { label: 'Today', date: localDate(now) },
    { label: 'Tomorrow', date: localDate(daysLater(now, 1)) },
    { label: 'Next week', date: localDate(daysLater(now, toMonday)) },
  ];
}

/** Counted in calendar days, so that a change of the clocks moves nothing. */
const daysLater = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
