import { addedAt } from '$lib/entities/added-at';
import type { Company } from '$lib/entities/company';
import { localDate } from '$lib/ui/format-date';
import { exactTime } from '$lib/ui/local-time.svelte';
import {
  addressFact,
  changeable,
  known,
  linkFact,
  phoneFact,
  tagsFact,
  textFact,
  type Fact,
} from '$lib/shared/records/fact';

/** The facts about a company that its header does not show; `ownerName` gives a member's name by id. */
export const companyFacts = (
  company: Company,
  ownerName: (id: string | null) => string | undefined,
): Fact[] =>
  known([
    changeable(
      phoneFact(company.phone ? [{ value: company.phone, label: null }] : [], company.country),
      'phone',
      company.phone,
    ),
    changeable(linkFact('Website', company.website), 'website', company.website),
    addressFact(company),
    textFact('Priority', company.priority),
    textFact('Owner', ownerName(company.owner_id)),
    tagsFact(company.tags),
    changeable(linkFact('LinkedIn', company.linkedin_url), 'linkedin_url', company.linkedin_url),
    changeable(textFact('Description', company.description), 'description', company.description, true),
    textFact('Added', exactTime(localDate(new Date(addedAt(company))))),
  ]);
