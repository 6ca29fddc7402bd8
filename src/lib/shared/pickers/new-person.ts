import * as z from 'zod/mini';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { bareEmail, isEmailAddress } from '$lib/shared/forms/check';
import { stored } from '$lib/shared/forms/text';
import { splitName } from './split-name';

/** A contact that the form of another record creates with its own record. */
export interface NewPerson {
  /** The id the contact will have. */
  id: string;
  name: string;
  email: string;
  phone: string;
}

export const newPersonShape = z.object({
  id: z.string(),
  name: z.string(),
  email: z._default(z.string(), ''),
  phone: z._default(z.string(), ''),
});

/** The problem that prevents saving the person. */
export const personProblem = ({ email }: NewPerson): string | undefined =>
  email.trim() && !isEmailAddress(bareEmail(email))
    ? 'Enter a valid email address, like name@example.com.'
    : undefined;

/**
 * The edit that creates the person at a company, owned by the author. Send it in the group of the record that refers to
 * it.
 */
export function personInsert(store: Store, person: NewPerson, company_id: string | null): Edit {
  const { first, last } = splitName(person.name);
  const entry = (text: string) => (text.trim() ? [{ value: text.trim(), label: 'work' }] : []);
  return {
    op: 'insert',
    entity: 'contacts',
    id: person.id,
    values: {
      first_name: stored(first),
      last_name: stored(last),
      company_id,
      emails: entry(bareEmail(person.email)),
      phones: entry(person.phone),
      owner_id: store.userId,
    },
  };
}
