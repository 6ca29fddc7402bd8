import * as z from 'zod/mini';
import { madeAt, requiredText, rule, synced, text, timestamp } from './fields';

const isCount = rule<number>(
  'int4 from 0',
  (count) => Number.isInteger(count) && count >= 0 && count < 2 ** 31,
);

/** One import of a file; the rows it made carry its id, so it can be undone. */
export const importBatch = z.object({
  ...synced,
  made_at: madeAt,
  entity: requiredText,
  file_name: text,
  row_count: z.number().check(isCount),
  undone_at: z.nullable(timestamp),
});
export type ImportBatch = z.infer<typeof importBatch>;
