import type { Company } from '$lib/entities/company';
import { Finder, haystack } from '$lib/shared/lists/filter';
import type { ListFilter } from '$lib/shared/lists/list-filter';

/** The text that finds a company: name, segment, city, country, website, tags and phone digits. */
export const companyFinder = new Finder((company: Company) =>
  haystack(
    [company.name, company.segment, company.city, company.country, company.website, ...company.tags],
    [company.phone],
  ),
);

/** The companies that match every part of the filter, in their order. */
export function filterCompanies(companies: Company[], { text, owner, tag }: ListFilter): Company[] {
  const found = text.trim() ? companyFinder.find(companies, text) : companies;
  if (!owner && !tag) return found;
  return found.filter(({ owner_id, tags }) => (!owner || owner_id === owner) && (!tag || tags.includes(tag)));
}
