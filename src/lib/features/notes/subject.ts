import * as z from 'zod/mini';

/** The record that notes and tasks are about. */
export type Subject = { contact_id: string } | { company_id: string } | { deal_id: string };

export const subjectShape = z.union([
  z.object({ contact_id: z.string() }),
  z.object({ company_id: z.string() }),
  z.object({ deal_id: z.string() }),
]);

type SubjectField = 'contact_id' | 'company_id' | 'deal_id';

/** The subject's field in notes and tasks, and the record's id. */
export function subjectKey(subject: Subject): [SubjectField, string] {
  const [entry] = Object.entries(subject) as [SubjectField, string][];
  if (!entry) throw new TypeError('A subject names one record.');
  return entry;
}
