import { fold } from '$lib/text/fold';

// Croatian is missing: its "listopad" is October, that of Polish and Czech is November.
const languages =
  'en de fr es it pt nl sv da nb fi is pl cs sk sl hu ro ru uk bg sr-Latn tr el lt lv et ca id'.split(' ');
const lengths = ['long', 'short'] as const;

/**
 * The browsers' names for the parts of a date, folded and without dots, with their numbers. Names of two parts are left
 * out.
 */
function namesOf(type: 'month' | 'weekday', moments: number[], withDay: boolean): Map<string, number> {
  const names = new Map<string, number>();
  for (const language of languages)
    for (const length of lengths) {
      const format = new Intl.DateTimeFormat(language, {
        [type]: length,
        timeZone: 'UTC',
        ...(withDay ? { day: 'numeric' } : {}),
      } as Intl.DateTimeFormatOptions);
      for (const [index, moment] of moments.entries()) {
        const name = plain(format.formatToParts(moment).find((part) => part.type === type)?.value ?? '');
        if (/^\p{L}/u.test(name))
          names.set(name, (names.get(name) ?? index + 1) === index + 1 ? index + 1 : 0);
      }
    }
  return names;
}

const plain = (name: string) => fold(name).replace(/\./g, '');

const ownMonths = {
  ...{ sept: 9, mrz: 3, maerz: 3, jaenner: 1, janner: 1, fev: 2, setiembre: 9 },
  ...{ i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6, vii: 7, viii: 8, ix: 9, x: 10, xi: 11, xii: 12 },
};
const months2026 = Array.from({ length: 12 }, (_, index) => Date.UTC(2026, index, 1));

let months: Map<string, number> | undefined;
/**
 * The number of a month by its name in one of many languages, in the form beside a day or alone; undefined for any
 * other word.
 * @param name folded
 */
export function monthNamed(name: string): number | undefined {
  months ??= new Map([
    ...namesOf('month', months2026, false),
    ...namesOf('month', months2026, true),
    ...Object.entries(ownMonths),
  ]);
  return months.get(name) || undefined;
}

const week2026 = Array.from({ length: 7 }, (_, index) => Date.UTC(2026, 2, 2 + index));

let weekdays: Map<string, number> | undefined;
/** Whether a word is the name of a weekday. */
export function weekdayNamed(name: string): boolean {
  weekdays ??= namesOf('weekday', week2026, false);
  return weekdays.has(plain(name));
}
