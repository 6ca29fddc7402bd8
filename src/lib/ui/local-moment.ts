import { localDate } from './format-date';

/**
 * A moment as local date and time with its offset from UTC, "2026-11-30T21:30:00-05:00". A person who reads the file
 * sees the day that it was for them, and a program that reads it knows the moment. It keeps milliseconds if there are
 * any.
 */
export function localMoment(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
  const rest = at.getMilliseconds();
  const exact = rest > 0 ? `${time}.${String(rest).padStart(3, '0')}` : time;
  const ahead = -at.getTimezoneOffset();
  const offset = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(twoDigits).join(':');
  return `${localDate(at)}T${exact}${ahead < 0 ? '-' : '+'}${offset}`;
}

const twoDigits = (n: number) => String(n).padStart(2, '0');
