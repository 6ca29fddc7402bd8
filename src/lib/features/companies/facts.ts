import { addedAt } from '$lib/entities/added-at';
import type { Company } from '$lib/entities/company';
import { localDate } from '$lib/ui/format-date';
import { exactTime } from '$lib/ui/local-time.svelte';
import {
  addressFact,
  changeable,
  known,
  phoneFact,
  plainFacts,
  tagsFact,
  textFact,
  type Fact,
} from '$lib/shared/records/fact';
import { companyFields } from '$lib/shared/forms/plain-fields';

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
    ...plainFacts(companyFields, company),
    addressFact(company),
    textFact('Priority', company.priority),
    textFact('Owner', ownerName(company.owner_id)),
    tagsFact(company.tags),
    changeable(textFact('Description', company.description), 'description', company.description, true),
    textFact('Added', exactTime(localDate(new Date(addedAt(company))))),
  ]);
