// This does not use Intl, whose first use takes a phone a tenth of a second, because every list begins with a date.
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

const dateOnly = /^\d{4}-\d\d-\d\d$/;
const minute = 60_000;

/** The local calendar day of a moment as `YYYY-MM-DD`, comparable with a `date` column. */
export function localDate(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join('-');
}

/** Whole calendar days from today to a `YYYY-MM-DD`; negative in the past. */
export function daysFromToday(date: string, now: Date): number {
  return Math.round((Date.parse(date) - Date.parse(localDate(now))) / (24 * 60 * minute));
}

/** A calendar day in words: "today", "tomorrow", "in 3 days", "5 days ago", "Mar 12", "Mar 12, 2025". */
export function dateInWords(date: string, now: Date): string {
  const days = daysFromToday(date, now);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  if (days > 1 && days < 7) return `in ${days} days`;
  if (days < -1 && days > -7) return `${-days} days ago`;
  return dayAndMonth(startOf(date), now);
}

/** A moment in words: "just now", "5 min ago", "today 14:05", "yesterday 09:12", "Mar 12", "Mar 12, 2025". */
export function timeInWords(at: Date, now: Date): string {
  const age = now.getTime() - at.getTime();
  if (age >= -minute && age < minute) return 'just now';
  if (age > 0 && age < 60 * minute) return `${Math.floor(age / minute)} min ago`;
  const days = daysFromToday(localDate(at), now);
  if (days === 0) return `today ${timeOfDay(at)}`;
  if (days === -1) return `yesterday ${timeOfDay(at)}`;
  if (days === 1) return `tomorrow ${timeOfDay(at)}`;
  return dayAndMonth(at, now);
}

/** A `date` or `timestamptz` value in words; any other value is returned as it is. */
export function inWords(value: string, now: Date): string {
  if (Number.isNaN(Date.parse(value))) return value;
  return dateOnly.test(value) ? dateInWords(value, now) : timeInWords(new Date(value), now);
}

/** The exact day, with the time if there is one, in this device's time zone. */
export function exactTime(value: string): string {
  if (Number.isNaN(Date.parse(value))) return value;
  if (dateOnly.test(value)) return fullDay(startOf(value));
  const at = new Date(value);
  return `${fullDay(at)} at ${timeOfDay(at)}`;
}

/** Day and time of a moment for a sentence: "today 14:05", "Mon, Mar 12, 14:05". */
export function dayAndTime(at: Date, now: Date): string {
  const days = daysFromToday(localDate(at), now);
  const time = timeOfDay(at);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  return `${weekday(at).slice(0, 3)}, ${dayAndMonth(at, now)}, ${time}`;
}

/** The clock of a moment, "14:05". */
export const timeOfDay = (at: Date) => `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;

/** "Sunday, November 22" for a heading. */
export const dayHeading = (at: Date) => `${weekday(at)}, ${month(at)} ${at.getDate()}`;

const startOf = (date: string) => new Date(`${date}T00:00:00`);

const weekday = (at: Date) => dayNames[at.getDay()] ?? '';
const month = (at: Date) => monthNames[at.getMonth()] ?? '';
const twoDigits = (n: number) => String(n).padStart(2, '0');

/** "Sunday, March 15, 2026". */
const fullDay = (at: Date) => `${dayHeading(at)}, ${at.getFullYear()}`;

const dayAndMonth = (at: Date, now: Date) => {
  const words = `${month(at).slice(0, 3)} ${at.getDate()}`;
  return at.getFullYear() === now.getFullYear() ? words : `${words}, ${at.getFullYear()}`;
};
