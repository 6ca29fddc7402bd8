import * as z from 'zod/mini';
import { reference, synced, text, timestamp, uuid } from './fields';

const conflictKinds = ['field', 'deleted', 'rejected', 'blocked', 'stale'] as const;

/** A value or a whole change that could not be applied, kept until its author decides. */
export const conflict = z.object({
  ...synced,
  mutation_id: uuid,
  entity: z.string(),
  record_id: uuid,
  kind: z.enum(conflictKinds),
  field: z.nullable(z.string()),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  theirs_by: reference,
  theirs_at: z.nullable(timestamp),
  patch: z.nullable(z.record(z.string(), z.unknown())),
  error: z.nullable(z.record(z.string(), z.unknown())),
  author_id: uuid,
  resolved_at: z.nullable(timestamp),
  resolution: text,
});
export type Conflict = z.infer<typeof conflict>;
