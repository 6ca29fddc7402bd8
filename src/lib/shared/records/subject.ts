import * as z from 'zod/mini';
import { rule } from '$lib/entities/fields';

/** The record that notes and tasks are about. */
export type Subject = { contact_id: string } | { company_id: string } | { deal_id: string };

const namesOne = rule<Record<string, string>>('names one record', (kept) =>
  ['contact_id', 'company_id', 'deal_id'].includes(Object.keys(kept).join()),
);
export const subjectShape = z
  .record(z.string(), z.string())
  .check(namesOne) as unknown as z.ZodMiniType<Subject>;

type SubjectField = 'contact_id' | 'company_id' | 'deal_id';

/** The subject's field in notes and tasks, and the record's id. */
export function subjectKey(subject: Subject): [SubjectField, string] {
  const [entry] = Object.entries(subject) as [SubjectField, string][];
  if (!entry) throw new TypeError('A subject names one record.');
  return entry;
}
