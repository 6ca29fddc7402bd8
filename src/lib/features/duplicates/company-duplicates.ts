import type { Company } from '$lib/entities/company';
import { similar } from './distance';
import { indexBy, Matches, type Match } from './index-by';
import { normalCompany, normalHost, normalPhone } from './normal';

/** A company as it is being entered. */
export interface CompanyLike {
  id?: string | undefined;
  name: string;
  phone: string;
  website: string;
}

/**
 * Makes the search for companies that may be the one being entered: the same name without its legal form,
 * the same website or phone number, or a similar name. Surest first, at most three.
 */
export function companyDuplicates(companies: Company[]): (typed: CompanyLike) => Match[] {
  const known = companies.map((company) => ({
    id: company.id,
    name: company.name,
    normal: normalCompany(company.name),
    host: normalHost(company.website ?? ''),
    phone: normalPhone(company.phone ?? ''),
  }));
  const byName = indexBy(known, ({ normal }) => [normal]);
  const byHost = indexBy(known, ({ host }) => [host]);
  const byPhone = indexBy(known, ({ phone }) => [phone]);

  return ({ id, name, phone, website }) => {
    const matches = new Matches(id);
    const typed = normalCompany(name);
    matches.add(byName.get(typed), 'same name');
    matches.add(byHost.get(normalHost(website)), 'same website');
    matches.add(byPhone.get(normalPhone(phone)), 'same phone number');
    if (typed.length >= 5)
      matches.add(
        known.filter(({ normal }) => similar(normal, typed)),
        'similar name',
      );
    return matches.list;
  };
}
