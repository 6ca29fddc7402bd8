import { contactName, type Contact } from '$lib/entities/contact';
import type { Company } from '$lib/entities/company';
import { isOpen, type Deal } from '$lib/entities/deal';
import { all, one, referring } from '$lib/store/read';
import { sortByName } from '$lib/shared/lists/groups';

export interface CompanyCounts {
  people: number;
  openDeals: number;
}

/** How many people and open deals each company has, by company id; a principal's deals count too. */
export async function companyCounts(): Promise<Map<string, CompanyCounts>> {
  const [contacts, deals] = await Promise.all([all('contacts'), all('deals')]);
  const counts = new Map<string, CompanyCounts>();
  const of = (id: string) => {
    let count = counts.get(id);
    if (!count) counts.set(id, (count = { people: 0, openDeals: 0 }));
    return count;
  };
  for (const { company_id } of contacts) if (company_id) of(company_id).people++;
  for (const { company_id, principal_id, stage } of deals)
    if (isOpen(stage)) {
      if (company_id) of(company_id).openDeals++;
      if (principal_id && principal_id !== company_id) of(principal_id).openDeals++;
    }
  return counts;
}

export interface CompanyRecord {
  company: Company;
  people: Contact[];
  /** Deals it buys in and deals it is the principal of, each once. */
  deals: Deal[];
}

/** One company, deleted or not, with what its page names; `undefined` where this device has none. */
export async function companyRecord(id: string): Promise<CompanyRecord | undefined> {
  const company = await one('companies', id);
  if (!company) return undefined;
  const [people, bought, sold] = await Promise.all([
    referring('contacts', 'company_id', id),
    referring('deals', 'company_id', id),
    referring('deals', 'principal_id', id),
  ]);
  const deals = new Map([...bought, ...sold].map((deal) => [deal.id, deal]));
  return { company, people: sortByName(people, contactName), deals: [...deals.values()] };
}
