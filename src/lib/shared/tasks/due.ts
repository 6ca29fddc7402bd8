import { localDate } from '$lib/ui/format-date';

/** A quick pick for a due date. */
export interface DuePick {
  label: string;
  /** `YYYY-MM-DD` */
  date: string;
}

/** Today, tomorrow and the next Monday, as local days. On a Sunday the last two are the same and offered once. */
export function duePicks(now: Date): DuePick[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const today = { label: 'Today', date: localDate(now) };
  const tomorrow = localDate(daysLater(now, 1));
  if (toMonday === 1) return [today, { label: 'Tomorrow (Mon)', date: tomorrow }];
  return [
    today,
    { label: 'Tomorrow', date: tomorrow },
    { label: 'Next week', date: localDate(daysLater(now, toMonday)) },
  ];
}

/** It counts calendar days, so a change of the clocks does not matter. */
const daysLater = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
