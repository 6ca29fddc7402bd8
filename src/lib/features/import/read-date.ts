import { fold } from '$lib/text/fold';
import { firstYear, lastYear } from '$lib/years';
import { monthNamed, weekdayNamed } from './calendar-names';
import { plainNumber } from './plain-number';

/** The part that comes first in `3/4/2026`. */
export type DateOrder = 'day' | 'month';

/** The result of reading a date. The moment is known if there was a time. */
type DateReading =
  | { kind: 'read'; day: string; at?: Date }
  /** It could be two days, so the person has to say which one. */
  | { kind: 'ambiguous' }
  | { kind: 'unreadable'; reason: string };

const notADate = 'is not a date the app can read';
const unreadable = (reason = notADate): DateReading => ({ kind: 'unreadable', reason });

/** Other ways to write a date with a time, and the replacement that `readDate` understands. */
const rewritten: [RegExp, string][] = [
  // 20260325T143000Z
  [/^(\d{4})(\d\d)(\d\d) ?T?(\d\d)(\d\d)(\d\d)(?=Z|[+-]\d\d|$)/, '$1-$2-$3 $4:$5:$6'],
  // "Wed Mar 25 2026 14:30:00 GMT+0000 (Coordinated Universal Time)", "Wed Mar 25 14:30:00 UTC 2026"
  [/(?<=\d) ?\([^)]*\)$/, ''],
  [/^(\p{L}+ \p{L}+ \d{1,2}) (\d\d:\d\d:\d\d)( UTC| GMT)? (\d{4})$/u, '$1 $4 $2$3'],
  [/(UTC|GMT)(?=[+-]\d)/, ''],
  // "25.03.2026 14.30"
  [/(?<=\d{4},?) (\d{1,2})\.(\d\d)$/, ' $1:$2'],
  [/(?:午後|下午|오후) ?(\d{1,2}:\d\d(?::\d\d)?)$/, '$1 PM'],
  [/(?:午前|上午|오전) ?(\d{1,2}:\d\d(?::\d\d)?)$/, '$1 AM'],
  [/[, ]+(?:at|um|à|a las|alle|às|om|kl\.?|klo|o) (?=\d)/i, ' '],
  [/'(?=\d\d$)/, ''],
];

/**
 * Reads a date as spreadsheets, other programs and people write it: `2026-03-25`, `25.3.2026`, `3/25/26`, `25 Mar
 * 2026`, `March 25th, 2026`, a serial number of a spreadsheet, each with or without a time. A time without an offset is
 * that of this device. Dots mean that the day comes first; two digits of a year mean 20xx.
 * @param order the part that comes first if both could be the month
 */
export function readDate(text: string, order?: DateOrder): DateReading {
  const plain = rewritten.reduce((date, [other, known]) => date.replace(other, known), plainNumber(text));
  const serial = /^([1-9]\d{4})(?:[.,](\d+))?$/.exec(plain);
  if (serial) return fromSerial(Number(serial[1]), Number(`0.${serial[2] ?? 0}`));
  const time = timeIn(plain);
  if (time === 'none') return dayIn(plain, order);
  const date = dayIn(plain.slice(0, time.at).replace(/[T,\s]+$/, ''), order);
  if (date.kind !== 'read') return date;
  const at = new Date(`${date.day}T${time.clock}${time.offset}`);
  if (Number.isNaN(at.getTime())) return unreadable('has a time that does not exist');
  // Programs write midnight UTC for a day without a time.
  const isDayOnly = !time.offset || (/^00:00:00/.test(time.clock) && /^(Z|\+00:00)$/.test(time.offset));
  return { kind: 'read', day: isDayOnly ? date.day : localDay(at), at };
}

interface Time {
  at: number;
  clock: string;
  offset: string;
}

const two = (part: string | number) => String(part).padStart(2, '0');

function timeIn(text: string): Time | 'none' {
  const found =
    /[T, ] ?(\d{1,2})(?:[:h](\d\d)|\.(\d\d)(?= ?Uhr))?(?::(\d\d)(?:[.,](\d+))?)? ?([ap]\.? ?m\.?|Uhr|h)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i.exec(
      text,
    );
  if (!found) return 'none';
  const [, hours = '', minutes = found[3] ?? '', , seconds = '00', parts = '', half = '', zone = ''] = found;
  // A time without minutes needs a word that says so, like "am", "pm" or "Uhr".
  if (!minutes && !/[ap]|uhr|h/i.test(half)) return 'none';
  if (/^a/i.test(half) && Number(hours) > 12) return 'none';
  const isAfternoon = /^p/i.test(half);
  const hour = /^[ap]/i.test(half) ? (Number(hours) % 12) + (isAfternoon ? 12 : 0) : Number(hours);
  const [, hoursOff = '', minutesOff = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = hoursOff ? `${hoursOff}:${minutesOff}` : zone ? 'Z' : '';
  return {
    at: found.index,
    clock: `${two(hour)}:${two(minutes || 0)}:${seconds}.${parts.slice(0, 3) || '0'}`,
    offset,
  };
}

function dayIn(text: string, order: DateOrder | undefined): DateReading {
  const date = dayAlone(text, order);
  // It is a weekday only then, because "mar" is also the Spanish Tuesday.
  const [, weekday = '', rest = ''] = /^(\p{L}+)\.?,? (.*)$/u.exec(text) ?? [];
  const isUnknown = date.kind === 'unreadable' && date.reason === notADate;
  return isUnknown && weekdayNamed(weekday) ? dayAlone(rest, order) : date;
}

function dayAlone(text: string, order: DateOrder | undefined): DateReading {
  const [, year, month, day] =
    /^(\d{4,}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,2})\.?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]$/.exec(text) ??
    [];
  if (year) return dayOf(year, month, day);
  const dotted = /^(\d{1,2}) ?\. ?(\d{1,2}) ?\. ?(\d{2,})\.?$/.exec(text);
  if (dotted) return dayOf(dotted[3], dotted[2], dotted[1]);
  const either = /^(\d{1,2})( ?[/-] ?| )(\d{1,2})\2(\d{2,})$/.exec(text);
  if (either) return eitherOrder(either[1], either[3], either[4], order);
  return withMonthName(text);
}

function eitherOrder(first = '', second = '', year = '', order: DateOrder | undefined): DateReading {
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)];
  if (dayFirst.kind !== 'read') return monthFirst;
  if (monthFirst.kind !== 'read' || dayFirst.day === monthFirst.day) return dayFirst;
  if (!order) return { kind: 'ambiguous' };
  return order === 'day' ? dayFirst : monthFirst;
}

/** Words that may be in a date beside the day, the month and the year. */
const filler = /^(of|the|de|del|den|der|d|le|el|il|di|г|года|р|року|roku)$/;

function withMonthName(text: string): DateReading {
  const words = fold(text)
    .replace(/(\d)(st|nd|rd|th|er|e|o|ª|º)\b/g, '$1')
    .replace(/(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/gu, ' ')
    .split(/[\s,./-]+/)
    .filter((word) => word && !filler.test(word));
  const [first = '', second = '', third = ''] = words;
  if (words.length !== 3) return unreadable();
  for (const [year, name, day] of [
    [third, second, first],
    [third, first, second],
    [first, second, third],
  ]) {
    const month = monthNamed(name ?? '');
    if (month && /^\d{1,2}$/.test(day ?? '') && /^\d{2,}$/.test(year ?? ''))
      return dayOf(year, two(month), day);
  }
  return unreadable();
}

function dayOf(year = '', month = '', date = ''): DateReading {
  const full = year.length === 2 ? `20${year}` : year;
  if (full.length !== 4 || Number(full) < firstYear || Number(full) > lastYear)
    return unreadable(year.length === 3 ? notADate : `has a year outside ${firstYear} to ${lastYear}`);
  const day = `${full}-${two(month)}-${two(date)}`;
  const at = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  return exists ? { kind: 'read', day } : unreadable('is a day that does not exist');
}

const dayLength = 86_400_000;
/** Day 0 of spreadsheets, chosen so that all days from March 1900 on are right. */
const dayZero = Date.UTC(1899, 11, 30);

function fromSerial(days: number, fraction: number): DateReading {
  const moment = new Date(dayZero + days * dayLength + Math.round((fraction * dayLength) / 1000) * 1000);
  const [day = '', clock = ''] = moment.toISOString().split(/[TZ]/);
  return fraction > 0 ? { kind: 'read', day, at: new Date(`${day}T${clock}`) } : { kind: 'read', day };
}

export const localDay = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
