import { fold } from '$lib/ui/fold';

/** Which comes first in `3/4/2026`. */
export type DateOrder = 'day' | 'month';

/** A date as a file has it, read; a moment is known if there was a time. */
type DateReading =
  | { kind: 'read'; day: string; at?: Date }
  /** It could be two days, and the person has to say which. */
  | { kind: 'ambiguous' }
  | { kind: 'unreadable'; reason: string };

const notADate = 'is not a date that can be read';
const unreadable = (reason = notADate): DateReading => ({ kind: 'unreadable', reason });

/**
 * Reads a date as spreadsheets, other programs and people write it: `2026-03-25`, `25.3.2026`, `3/25/26`, `25 Mar 2026`,
 * `March 25th, 2026`, a serial number of a spreadsheet, each with or without a time. A time without an offset is that of
 * this device. Dots mean that the day comes first; two digits of a year mean 20xx.
 * @param order what comes first if both could be the month
 */
export function readDate(text: string, order?: DateOrder): DateReading {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const serial = /^(\d{5})(?:[.,](\d+))?$/.exec(plain);
  if (serial) return fromSerial(Number(serial[1]), Number(`0.${serial[2] ?? 0}`));
  const time = timeIn(plain);
  if (time === 'none') return dayIn(plain, order);
  const date = dayIn(plain.slice(0, time.at).replace(/[T,\s]+$/, ''), order);
  if (date.kind !== 'read') return date;
  const at = new Date(`${date.day}T${time.clock}${time.offset}`);
  if (Number.isNaN(at.getTime())) return unreadable('has a time that does not exist');
  // Programs write a day without a time as midnight UTC.
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
    /[T, ] ?(\d{1,2})(?:[:h](\d\d)|\.(\d\d)(?= ?Uhr))?(?::(\d\d)(?:[.,](\d+))?)? ?([ap]\.?m\.?|Uhr|h)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i.exec(
      text,
    );
  if (!found) return 'none';
  const [, hours = '', minutes = found[3] ?? '', , seconds = '00', parts = '', half = '', zone = ''] = found;
  // Without minutes it is only a time if it says so.
  if (!minutes && !/[ap]|uhr|h/i.test(half)) return 'none';
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
  const written =
    /^(\d{4,})[-/.](\d{1,2})[-/.](\d{1,2})\.?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (written) return dayOf(written[1], written[2], written[3]);
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{2,})\.?$/.exec(text);
  if (dotted) return dayOf(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2,})$/.exec(text);
  if (slashed) return eitherOrder(slashed[1], slashed[2], slashed[3], order);
  return withMonthName(text);
}

function eitherOrder(first = '', second = '', year = '', order: DateOrder | undefined): DateReading {
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)];
  if (dayFirst.kind !== 'read') return monthFirst;
  if (monthFirst.kind !== 'read' || dayFirst.day === monthFirst.day) return dayFirst;
  if (!order) return { kind: 'ambiguous' };
  return order === 'day' ? dayFirst : monthFirst;
}

/** Words that stand in dates beside the day, the month and the year. */
const filler = /^(of|the|de|del|den|der|d|le|el|il)$/;

function withMonthName(text: string): DateReading {
  const words = fold(text)
    .replace(/(\d)(st|nd|rd|th|er|e|o|ª|º)\b/g, '$1')
    .split(/[\s,./-]+/)
    .filter((word) => word && !filler.test(word));
  if (words.length === 4 && weekdays().has(words[0] ?? '')) words.shift();
  const [first = '', second = '', third = ''] = words;
  if (words.length !== 3) return unreadable();
  for (const [year, name, day] of [
    [third, second, first],
    [third, first, second],
    [first, second, third],
  ]) {
    const month = months().get(name ?? '');
    if (month && /^\d{1,2}$/.test(day ?? '') && /^\d{2,}$/.test(year ?? ''))
      return dayOf(year, two(month), day);
  }
  return unreadable();
}

function dayOf(year = '', month = '', date = ''): DateReading {
  const full = year.length === 2 ? `20${year}` : year;
  if (full.length !== 4 || full < '1900' || full > '2199')
    return unreadable(year.length === 3 ? notADate : 'has a year outside 1900 to 2199');
  const day = `${full}-${two(month)}-${two(date)}`;
  const at = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  return exists ? { kind: 'read', day } : unreadable('is a day that does not exist');
}

const dayLength = 86_400_000;
/** Day 0 of spreadsheets, so that all days from March 1900 on are right. */
const dayZero = Date.UTC(1899, 11, 30);

function fromSerial(days: number, fraction: number): DateReading {
  const moment = new Date(dayZero + days * dayLength + Math.round((fraction * dayLength) / 1000) * 1000);
  const [day = '', clock = ''] = moment.toISOString().split(/[TZ]/);
  return fraction > 0 ? { kind: 'read', day, at: new Date(`${day}T${clock}`) } : { kind: 'read', day };
}

export const localDay = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl'];
const lengths = ['long', 'short'] as const;

/** What `name` gives for each language and length of names, folded and without dots, by the number of the day or month. */
function namesOf(count: number, name: (index: number, language: string, length: 'long' | 'short') => string) {
  const names = new Map<string, number>();
  for (const language of languages)
    for (const length of lengths)
      for (let index = 0; index < count; index++)
        names.set(fold(name(index, language, length)).replace(/\./g, ''), index + 1);
  return names;
}

let monthNames: Map<string, number> | undefined;
/** The numbers of months by their names. A day goes with them, because some languages inflect the name then. */
const months = (): Map<string, number> =>
  (monthNames ??= namesOf(12, (index, language, month) => {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' });
    return format.formatToParts(Date.UTC(2026, index, 1)).find(({ type }) => type === 'month')?.value ?? '';
  }).set('sept', 9));

let weekdayNames: Map<string, number> | undefined;
const weekdays = (): Map<string, number> =>
  (weekdayNames ??= namesOf(7, (index, language, weekday) =>
    new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2026, 2, 2 + index)),
  ));
