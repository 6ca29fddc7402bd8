import * as z from 'zod/mini';
import { firstYear, lastYear } from '$lib/years';
import { maxLength } from './max-length';

// A content security policy without unsafe-eval forbids zod's compiled parsers.
z.config({ jitless: true });

// The server's constraints say the same as what is here, value by value: tests/db/strict-values.test.ts compares both
// verdicts for every field.

/**
 * A check that holds or not. What zod brings for numbers and lists would make the app's first script longer.
 * @param name changes with the rule: `fingerprint` sees it, and not the function
 */
export const rule = <T>(name: string, holds: (value: T) => boolean): z.core.$ZodCheck<T> => ({
  _zod: {
    def: { check: name },
    onattach: [],
    check: ({ value, issues }) => {
      if (!holds(value)) issues.push({ code: 'custom', input: value });
    },
  },
});

/** A text of at most `most` characters, counted as Postgres counts them: an emoji is one. */
const upTo = (most: number) => z.regex(new RegExp(`^[^]{0,${most}}$`, 'u'));
/** The same, and more than spaces. In one pattern, because each check of each value takes time. */
const notBlankUpTo = (most: number) => z.regex(new RegExp(`^(?= *[^ ])[^]{0,${most}}$`, 'u'));
/** The most entries of a list. */
const entries = rule<unknown[]>('few', (list) => list.length <= 1000);

/** A text as sent, or null. @param field names the limit */
export const textOf = (field: string) => z.nullable(z.string().check(upTo(maxLength(field))));
/** A text that says something. @param field names the limit */
export const requiredTextOf = (field: string) => z.string().check(notBlankUpTo(maxLength(field)));
/** A short text, or null. */
export const text = textOf('');
/** A short text that says something. */
export const requiredText = requiredTextOf('');
/** A record's identity, UUIDv7 if a client made it. */
export const uuid = z.guid();
export const reference = z.nullable(uuid);

/** The first moment of the first year, and of the year after the last one, in milliseconds. */
const earliest = Date.UTC(firstYear, 0);
const latest = Date.UTC(lastYear + 1, 0);

/** Whether the calendar has this day; that of JavaScript rolls February 30 over to March. */
function isInCalendar(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
const isDay = (day: string): boolean =>
  isInCalendar(day) && Date.parse(day) >= earliest && Date.parse(day) < latest;

const isTime = (value: string): boolean => {
  const at = Date.parse(value);
  return isInCalendar(value.slice(0, 10)) && at >= earliest && at <= latest;
};

/** `timestamptz(3)` as an ISO string with an offset. */
export const timestamp = z
  .string()
  .check(
    z.regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/),
    rule('time', isTime),
  );
/** `date` as `YYYY-MM-DD`. */
export const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), rule('day', isDay));
/** A web address that can be opened without harm, or null. */
export const link = z.nullable(
  z.string().check(z.regex(/^https?:\/\/[^ \t\n\v\f\r]+$/i), upTo(maxLength(''))),
);
export const tags = z.array(requiredText).check(entries);
export const references = z.array(uuid).check(entries);
export const priority = z.nullable(z.enum(['A', 'B', 'C', 'D']));

/**
 * An email address or phone number with its label; the set is keyed by `value`. An entry with a key that this app does
 * not know is not readable: whoever edited the set would take the key away.
 */
const labelled = z
  .looseObject({ value: requiredText, label: text })
  .check(rule('alone', (entry) => Object.keys(entry).length === 2));
export type Labelled = Pick<z.infer<typeof labelled>, 'value' | 'label'>;

const hasNoTwins = (set: Labelled[]) => new Set(set.map(({ value }) => value)).size === set.length;
export const labelledSet: z.ZodMiniType<Labelled[]> = z
  .array(labelled)
  .check(entries, rule('unique', hasNoTwins));

/** The columns every synced table has beside its own. */
export const synced = {
  id: uuid,
  version: z.number(),
  created_at: timestamp,
  updated_at: timestamp,
  created_by: reference,
  updated_by: reference,
  deleted_at: z.nullable(timestamp),
};

/** When somebody made the record, maybe long before it arrived; null for a row of an earlier version of the app. */
export const madeAt = z._default(z.nullable(timestamp), null);
