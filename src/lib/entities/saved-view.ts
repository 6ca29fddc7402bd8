import * as z from 'zod/mini';
import { synced, text } from './fields';

/** A named filter and sort order of one list, its owner's alone. */
export const savedView = z.object({
  ...synced,
  entity: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.unknown()),
  position: text,
});
export type SavedView = z.infer<typeof savedView>;
