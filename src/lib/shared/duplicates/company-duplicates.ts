import type { Company } from '$lib/entities/company';
import { similar } from './distance';
import { indexBy, Matches, type Match } from './index-by';
import { phoneTails } from '$lib/ui/phone-digits';
import { samePhone } from '$lib/ui/phone-number';
import { normalCompany, normalHost } from './normal';

/** A company as it is being entered. */
export interface CompanyLike {
  id?: string | undefined;
  name: string;
  phone: string;
  website: string;
  /** The country of a phone number without a country code. */
  country?: string | null;
}

/**
 * Makes a search for companies that may be the one being entered: the same name apart from its legal form, the same
 * website or phone number, or a similar name. It returns at most three, the surest first.
 */
export function companyDuplicates(companies: Company[]): (typed: CompanyLike) => Match[] {
  const known = companies.map((company) => ({
    id: company.id,
    name: company.name,
    normal: normalCompany(company.name),
    host: normalHost(company.website ?? ''),
    phone: { text: company.phone ?? '', country: company.country },
  }));
  const byName = indexBy(known, ({ normal }) => [normal]);
  const byHost = indexBy(known, ({ host }) => [host]);
  const byPhone = indexBy(known, ({ phone }) => phoneTails(phone.text));

  return ({ id, name, phone, website, country }) => {
    const matches = new Matches(id);
    const typed = normalCompany(name);
    matches.add(byName.get(typed), 'same name');
    matches.add(byHost.get(normalHost(website)), 'same website');
    const ending = phoneTails(phone).flatMap((tail) => byPhone.get(tail) ?? []);
    matches.add(
      ending.filter((other) => samePhone(other.phone, { text: phone, country })),
      'same phone number',
    );
    if (typed.length >= 5)
      matches.add(
        known.filter(({ normal }) => similar(normal, typed)),
        'similar name',
      );
    return matches.list;
  };
}
