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

/** The beginning of the sort keys of one person's tasks. */
export const assigneePlace = (id: string | null): string => `${id ?? ''} `;

/** The sort key of a task: by assignee, and then the most urgent first. */
export const taskPlace = ({ assignee_id, due_on, priority }: Task): string =>
  `${assigneePlace(assignee_id)}${due_on ?? '9999-12-31'} ${priority ?? 'Z'}`;
