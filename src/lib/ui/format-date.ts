const locale = 'en-GB';
const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const clockTime = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const fullDay = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const fullTime = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });

const dateOnly = /^\d{4}-\d\d-\d\d$/;
const minute = 60_000;

/** The local calendar day of a moment as `YYYY-MM-DD`, comparable with a `date` column. */
export function localDate(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

/** Whole calendar days from today to a `YYYY-MM-DD`; negative in the past. */
export function daysFromToday(date: string, now: Date): number {
  return Math.round((Date.parse(date) - Date.parse(localDate(now))) / (24 * 60 * minute));
}

/** A calendar day in words: "today", "tomorrow", "in 3 days", "5 days ago", "12 Mar", "12 Mar 2025". */
export function dateInWords(date: string, now: Date): string {
  const days = daysFromToday(date, now);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  if (days > 1 && days < 7) return `in ${days} days`;
  if (days < -1 && days > -7) return `${-days} days ago`;
  return dayAndMonth(startOf(date), now);
}

/** A moment in words: "just now", "5 min ago", "today 14:05", "yesterday 09:12", "12 Mar", "12 Mar 2025". */
export function timeInWords(at: Date, now: Date): string {
  const age = now.getTime() - at.getTime();
  if (age >= -minute && age < minute) return 'just now';
  if (age > 0 && age < 60 * minute) return `${Math.floor(age / minute)} min ago`;
  const days = daysFromToday(localDate(at), now);
  if (days === 0) return `today ${clockTime.format(at)}`;
  if (days === -1) return `yesterday ${clockTime.format(at)}`;
  if (days === 1) return `tomorrow ${clockTime.format(at)}`;
  return dayAndMonth(at, now);
}

/** A `date` or `timestamptz` value in words; a value that is none comes back as it is. */
export function inWords(value: string, now: Date): string {
  if (Number.isNaN(Date.parse(value))) return value;
  return dateOnly.test(value) ? dateInWords(value, now) : timeInWords(new Date(value), now);
}

/** The exact day, and time where there is one, in this device's time zone. */
export function exactTime(value: string): string {
  if (Number.isNaN(Date.parse(value))) return value;
  return dateOnly.test(value) ? fullDay.format(startOf(value)) : fullTime.format(new Date(value));
}

/** Day and time of a moment for a sentence: "today 14:05", "Mon 12 Mar, 14:05". */
export function dayAndTime(at: Date, now: Date): string {
  const days = daysFromToday(localDate(at), now);
  const time = clockTime.format(at);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  return `${new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(at)} ${dayAndMonth(at, now)}, ${time}`;
}

/** The clock of a moment, "14:05". */
export const timeOfDay = (at: Date) => clockTime.format(at);

/** "Sunday, 22 November" for a heading. */
export const dayHeading = (at: Date) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

const startOf = (date: string) => new Date(`${date}T00:00:00`);

const dayAndMonth = (at: Date, now: Date) =>
  (at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(at);
