import { contactName, type Contact } from '$lib/entities/contact';
import type { Company } from '$lib/entities/company';
import { isOpen, type Deal } from '$lib/entities/deal';
import { all, one, referring } from '$lib/store/read';
import { sortByName } from '$lib/shared/lists/groups';

export interface CompanyCounts {
  people: number;
  openDeals: number;
}

/**
 * The number of people and open deals of each company, by company id. Deals as principal count too.
 * @param ids the counts of these companies must be complete; of all companies if it is left out
 */
export async function companyCounts(ids?: string[]): Promise<Map<string, CompanyCounts>> {
  const [contacts, deals] = await (ids ? recordsOf(ids) : Promise.all([all('contacts'), all('deals')]));
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

async function recordsOf(ids: string[]): Promise<[Contact[], Deal[]]> {
  const [contacts, ...deals] = await Promise.all([
    referring('contacts', 'company_id', ids),
    referring('deals', 'company_id', ids),
    referring('deals', 'principal_id', ids),
  ]);
  return [contacts, [...new Map(deals.flat().map((deal) => [deal.id, deal])).values()]];
}

export interface CompanyRecord {
  company: Company;
  people: Contact[];
  /** Deals in which it is the customer or the principal, each once. */
  deals: Deal[];
}

/**
 * One company, deleted or not, with the related records that its page shows; `undefined` if this device does not have
 * it.
 */
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
