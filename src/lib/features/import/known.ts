import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import type { Member } from '$lib/entities/member';
import { all } from '$lib/store/read';
import { identity } from '$lib/ui/identity';

/** The values by which contacts are compared. */
export interface Identity {
  name: string;
  company: string | null;
  emails: string[];
}

/** The records that are on this device already. */
export interface Known {
  /** The company of the same name. */
  company(name: string): Company | undefined;
  /** A contact with one of the email addresses, or of the same name at the same company. */
  contact(identity: Identity): Contact | undefined;
  /** The deal of this name with the same company. */
  deal(name: string, company: string | null): Deal | undefined;
  /** The one member of this name or email address who can own records; undefined if there are none or several. */
  member(name: string): string | undefined;
  deals: Deal[];
}

export const identityOf = (
  contact: Pick<Contact, 'first_name' | 'last_name' | 'emails'>,
  company: string | null,
): Identity => ({ name: contactName(contact), company, emails: contact.emails.map(({ value }) => value) });

const plain = (text: string | null | undefined) => identity(text ?? '');

/** Reads the existing records once, because a large import asks for every row. */
export async function knownRecords(): Promise<Known> {
  const [contacts, companies, deals, member] = await Promise.all([
    all('contacts'),
    all('companies'),
    all('deals'),
    ownerNamed(),
  ]);
  const companiesById = new Map(companies.map((company) => [company.id, company]));
  const companyName = (id: string | null) => (id && companiesById.get(id)?.name) || null;
  const companiesByName = new Map(companies.map((company) => [plain(company.name), company]));
  const dealsByName = new Map(deals.map((deal) => [dealKey(deal.name, companyName(deal.company_id)), deal]));
  const byEmail = new Map<string, Contact>();
  const byPerson = new Map<string, Contact[]>();
  for (const contact of contacts) {
    const identity = identityOf(contact, companyName(contact.company_id));
    for (const email of identity.emails) byEmail.set(plain(email), contact);
    const key = personKey(identity);
    byPerson.set(key, [...(byPerson.get(key) ?? []), contact]);
  }
  return {
    company: (name) => companiesByName.get(plain(name)),
    contact: (identity) =>
      identity.emails.map((email) => byEmail.get(plain(email))).find(Boolean) ??
      byPerson.get(personKey(identity))?.find((other) => samePerson(identity, other)),
    deal: (name, company) => dealsByName.get(dealKey(name, company)),
    member,
    deals,
  };
}

/** Reads how the name of an owner in a file becomes a member. */
export async function ownerNamed(): Promise<Known['member']> {
  const owners = ownersByName(await all('members'));
  return (name) => owners.get(plain(name)) ?? undefined;
}

/** The members who can own records, by name and by email address; null if two members share a name. */
function ownersByName(members: Member[]): Map<string, string | null> {
  const owners = new Map<string, string | null>();
  for (const { id, full_name, email, role, active } of members) {
    if (role === 'read_only' || active === false) continue;
    for (const name of new Set([full_name, email].filter(Boolean).map(plain)))
      owners.set(name, owners.has(name) ? null : id);
  }
  return owners;
}

const personKey = ({ name, company }: Identity) => `${plain(name)}\n${plain(company)}`;
const dealKey = (name: string, company: string | null) => `${plain(name)}\n${plain(company)}`;

/** Two people with the same name, no company and different addresses are two people. */
const samePerson = ({ company, emails }: Identity, other: Contact) =>
  company !== null || emails.length === 0 || other.emails.length === 0;
