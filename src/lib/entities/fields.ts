import * as z from 'zod/mini';

// A content security policy without unsafe-eval forbids zod's compiled parsers.
z.config({ jitless: true });

/** `text` as sent, or null. */
export const text = z.nullable(z.string());
/** A record's identity, UUIDv7 where a client made it. */
export const uuid = z.guid();
export const reference = z.nullable(uuid);
/** `timestamptz(3)` as an ISO string with an offset. */
export const timestamp = z.string().check(z.regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/));
/** `date` as `YYYY-MM-DD`. */
export const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));
export const tags = z.array(z.string());
export const priority = z.nullable(z.enum(['A', 'B', 'C', 'D']));
/** An e-mail address or phone number with its label; the set is keyed by `value`. */
export const labelled = z.object({ value: z.string(), label: z.nullable(z.string()) });
export type Labelled = z.infer<typeof labelled>;

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
