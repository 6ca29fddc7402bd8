import { contactName, type Contact } from '$lib/entities/contact';
import { all } from '$lib/store/read';
import { fold } from '$lib/ui/fold';

/** What a contact is compared by. */
export interface Identity {
  name: string;
  company: string | null;
  emails: string[];
}

/** The people and companies that are on this device already. */
export interface Known {
  /** The id of the company of this name, without regard to case and accents. */
  company(name: string): string | undefined;
  /** Whether a contact with one of the e-mail addresses, or of the same name at the same company, is there. */
  contact(identity: Identity): boolean;
}

export const identityOf = (
  contact: Pick<Contact, 'first_name' | 'last_name' | 'emails'>,
  company: string | null,
): Identity => ({ name: contactName(contact), company, emails: contact.emails.map(({ value }) => value) });

/** Reads what is there once; a large import asks it for every row. */
export async function knownRecords(): Promise<Known> {
  const [contacts, companies] = await Promise.all([all('contacts'), all('companies')]);
  const names = new Map(companies.map((company) => [company.id, company.name]));
  const ids = new Map(companies.map((company) => [fold(company.name.trim()), company.id]));
  const emails = new Set<string>();
  const people = new Map<string, { emails: string[] }[]>();
  for (const contact of contacts) {
    const identity = identityOf(contact, (contact.company_id && names.get(contact.company_id)) || null);
    for (const email of identity.emails) emails.add(fold(email));
    const key = personKey(identity);
    people.set(key, [...(people.get(key) ?? []), identity]);
  }
  return {
    company: (name) => ids.get(fold(name.trim())),
    contact: (identity) =>
      identity.emails.some((email) => emails.has(fold(email))) ||
      (people.get(personKey(identity)) ?? []).some((other) => samePerson(identity, other)),
  };
}

const personKey = ({ name, company }: Identity) => `${fold(name.trim())}\n${fold(company?.trim() ?? '')}`;

/** Two people of one name without a company, each with addresses of their own, are two people. */
const samePerson = ({ company, emails }: Identity, other: { emails: string[] }) =>
  company !== null || emails.length === 0 || other.emails.length === 0;
