import * as z from 'zod/mini';
import { requiredText, synced, text } from './fields';

/** A named filter and sort order of one list, its owner's alone. */
export const savedView = z.object({
  ...synced,
  entity: requiredText,
  name: requiredText,
  query: z.record(z.string(), z.unknown()),
  position: text,
});
export type SavedView = z.infer<typeof savedView>;
