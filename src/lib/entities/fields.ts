import * as z from 'zod/mini';
import { maxLength } from './limits';

// A content security policy without unsafe-eval forbids zod's compiled parsers.
z.config({ jitless: true });

// The server's constraints say the same as what is here, value by value: tests/db/strict-values.test.ts compares both
// verdicts for every field. Checks are patterns where they can be: `fingerprint` sees a pattern, but not a function.

/** A text of at most `most` characters, counted as Postgres counts them: an emoji is one. */
const upTo = (most: number) => z.regex(new RegExp(`^[^]{0,${most}}$`, 'u'));
/** The same, and more than spaces. In one pattern, because each check of each value takes time. */
const notBlankUpTo = (most: number) => z.regex(new RegExp(`^(?= *[^ ])[^]{0,${most}}$`, 'u'));
/** The most entries of a list. */
const entries = z.maxLength(1000);

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

const day =
  '(?!0000)(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))|' +
  '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?';
const offset = '(?:Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)';

/** The times that every device can read, epoch milliseconds. */
const [earliest, latest] = [Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-30T00:00:00Z')];

function isReadable(value: string): boolean {
  if (!value.startsWith('0001') && !value.startsWith('9999')) return true;
  const at = Date.parse(value);
  return at >= earliest && at <= latest;
}

/** `timestamptz(3)` as an ISO string with an offset. */
export const timestamp = z
  .string()
  .check(z.regex(new RegExp(`^${day}T${time}${offset}$`)), z.refine(isReadable));
/** `date` as `YYYY-MM-DD`. */
export const date = z.string().check(z.regex(new RegExp(`^${day}$`)));
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
const labelled = z.strictObject({ value: requiredText, label: text });
export type Labelled = z.infer<typeof labelled>;

const hasNoTwins = (set: Labelled[]) => new Set(set.map(({ value }) => value)).size === set.length;
export const labelledSet = z.array(labelled).check(entries, z.refine(hasNoTwins));

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
