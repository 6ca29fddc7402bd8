import type { Company } from '$lib/entities/company';
import { exactTime, localDate } from '$lib/ui/format-date';
import { addressFact, known, linkFact, phoneFact, textFact, type Fact } from '../records/fact';

/** What is known about a company, without what its header says; `ownerName` names a member by id. */
export const companyFacts = (
  company: Company,
  ownerName: (id: string | null) => string | undefined,
): Fact[] =>
  known([
    phoneFact(company.phone ? [{ value: company.phone, label: null }] : []),
    linkFact('Website', company.website),
    addressFact(company),
    textFact('Priority', company.priority),
    textFact('Owner', ownerName(company.owner_id)),
    textFact('Tags', company.tags.join(', ')),
    linkFact('LinkedIn', company.linkedin_url),
    textFact('Description', company.description),
    textFact('Added', exactTime(localDate(new Date(company.created_at)))),
  ]);
