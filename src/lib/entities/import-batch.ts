import * as z from 'zod/mini';
import { requiredText, synced, text, timestamp } from './fields';

/** One import of a file; the rows it made carry its id, so it can be undone. */
export const importBatch = z.object({
  ...synced,
  entity: requiredText,
  file_name: text,
  row_count: z.number().check(z.refine(Number.isInteger), z.gte(0), z.lte(2_147_483_647)),
  undone_at: z.nullable(timestamp),
});
export type ImportBatch = z.infer<typeof importBatch>;
