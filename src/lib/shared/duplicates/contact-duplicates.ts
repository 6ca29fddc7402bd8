import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import { similar } from './distance';
import { indexBy, Matches, type Match } from './index-by';
import { phoneTails } from '$lib/ui/phone-digits';
import { samePhone } from '$lib/ui/phone-number';
import { normalCompany, normalEmail, normalName } from './normal';

/** A contact as it is being entered. */
export interface ContactLike {
  id?: string | undefined;
  name: string;
  /** The company's name, whether it exists or not. */
  company: string;
  emails: string[];
  phones: string[];
  /** The country of numbers without a country code. */
  country?: string | null;
}

interface Known {
  id: string;
  name: string;
  normal: string;
  company: string;
}

/**
 * Makes a search for contacts that may be the one being entered: the same email address, the same phone number, the
 * same name, or a similar name in the same company. It returns at most three, the surest first.
 */
export function contactDuplicates(
  contacts: Contact[],
  companies: Pick<Company, 'id' | 'name'>[],
): (typed: ContactLike) => Match[] {
  const companyNames = new Map(companies.map(({ id, name }) => [id, normalCompany(name)]));
  const known = new Map<string, Known>();
  for (const contact of contacts) {
    const name = contactName(contact);
    const company = (contact.company_id && companyNames.get(contact.company_id)) || '';
    known.set(contact.id, { id: contact.id, name, normal: normalName(name), company });
  }
  const knownOf = (rows: Contact[] | undefined) => rows?.flatMap(({ id }) => known.get(id) ?? []);
  const byEmail = indexBy(contacts, ({ emails }) => emails.map(({ value }) => normalEmail(value)));
  const byPhone = indexBy(contacts, ({ phones }) => phones.flatMap(({ value }) => phoneTails(value)));
  // Reading a number is slow, so among tens of thousands only those with the same last digits are read.
  const withPhone = (text: string, country: string | null | undefined) =>
    phoneTails(text)
      .flatMap((tail) => byPhone.get(tail) ?? [])
      .filter((contact) =>
        contact.phones.some(({ value }) =>
          samePhone({ text: value, country: contact.country }, { text, country }),
        ),
      );
  const byName = indexBy([...known.values()], ({ normal }) => [normal]);
  const byCompany = indexBy([...known.values()], ({ company }) => [company]);

  return ({ id, name, company, emails, phones, country }) => {
    const matches = new Matches(id);
    for (const email of emails) matches.add(knownOf(byEmail.get(normalEmail(email))), 'same email address');
    for (const phone of phones) matches.add(knownOf(withPhone(phone, country)), 'same phone number');
    const typed = normalName(name);
    const at = normalCompany(company);
    if (!typed.includes(' ')) return matches.list;
    const colleagues = (at && byCompany.get(at)) || [];
    matches.add(
      colleagues.filter(({ normal }) => normal === typed),
      'same name and company',
    );
    matches.add(
      colleagues.filter(({ normal }) => similar(normal, typed)),
      'similar name, same company',
    );
    matches.add(byName.get(typed), 'same name');
    return matches.list;
  };
}
