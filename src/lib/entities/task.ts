import * as z from 'zod/mini';
import { date, priority, reference, requiredText, synced, textOf, timestamp } from './fields';

export const task = z.object({
  ...synced,
  title: requiredText,
  description: textOf('description'),
  due_on: z.nullable(date),
  priority,
  done_at: z.nullable(timestamp),
  assignee_id: reference,
  contact_id: reference,
  company_id: reference,
  deal_id: reference,
});
export type Task = z.infer<typeof task>;
