import * as z from 'zod/mini';
import { synced, text, timestamp } from './fields';

/** One import of a file; the rows it made carry its id, so it can be undone. */
export const importBatch = z.object({
  ...synced,
  entity: z.string(),
  file_name: text,
  row_count: z.number(),
  undone_at: z.nullable(timestamp),
});
export type ImportBatch = z.infer<typeof importBatch>;
