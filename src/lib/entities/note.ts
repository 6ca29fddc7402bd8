import * as z from 'zod/mini';
import { reference, requiredTextOf, synced, timestamp } from './fields';

export const noteKinds = ['note', 'call', 'email', 'meeting', 'sample', 'demo'] as const;
export type NoteKind = (typeof noteKinds)[number];

export const note = z.object({
  ...synced,
  kind: z.enum(noteKinds),
  body: requiredTextOf('body'),
  occurred_at: timestamp,
  author_id: reference,
  contact_id: reference,
  company_id: reference,
  deal_id: reference,
});
export type Note = z.infer<typeof note>;
