import * as z from 'zod/mini';
import { labelledSet, link, madeAt, reference, synced, tags, text, textOf } from './fields';

export const contact = z.object({
  ...synced,
  made_at: madeAt,
  first_name: text,
  last_name: text,
  title: text,
  department: text,
  company_id: reference,
  emails: labelledSet,
  phones: labelledSet,
  linkedin_url: link,
  street: text,
  city: text,
  region: text,
  postal_code: text,
  country: text,
  background: textOf('background'),
  owner_id: reference,
  tags,
  import_batch_id: reference,
  merged_into: reference,
});
export type Contact = z.infer<typeof contact>;

/** The name by which a contact is sorted: the last name before the first one. */
export const contactSortName = (row: Pick<Contact, 'first_name' | 'last_name'>): string =>
  [row.last_name, row.first_name].filter(Boolean).join(' ');

/** The name a person reads: first and last name, whichever there is. */
export function contactName(row: Pick<Contact, 'first_name' | 'last_name'>): string {
  return [row.first_name, row.last_name].filter(Boolean).join(' ');
}
