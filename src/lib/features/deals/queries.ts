import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import { stagePlace, stages, type Deal } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { all, firstByKey, one, some } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';
import { sortByName } from '$lib/shared/lists/groups';
import { byPosition } from '$lib/shared/pipeline/position';

/** A deal with the names that its card and row show. */
export interface DealItem {
  deal: Deal;
  companyName: string | null;
  principalName: string | null;
}

// Unchanged items are reused, together with the values derived from them.
const items = new WeakMap<Deal, DealItem>();

/** All living deals in the order of their stages' columns. */
export async function dealItems(): Promise<DealItem[]> {
  const [deals, companies] = await Promise.all([all('deals'), all('companies')]);
  return itemsOf(deals.sort(byPosition), companies);
}

/**
 * The first deals of the list, or of each stage of the board, that are not archived; `undefined` if all rows must be read
 * to know them.
 * @param count at most so many, of each stage if it is the board
 */
export async function firstDeals(view: 'board' | 'list', count: number): Promise<DealItem[] | undefined> {
  const prefixes = view === 'list' ? [''] : stages.map(stagePlace);
  const parts = await Promise.all(prefixes.map((prefix) => firstByKey('deals', count, prefix)));
  const deals = parts.filter((part) => part !== undefined).flat();
  if (parts.includes(undefined)) return undefined;
  const ids = deals.flatMap(({ company_id, principal_id }) => [company_id ?? [], principal_id ?? []].flat());
  return itemsOf(deals, await some('companies', [...new Set(ids)]));
}

function itemsOf(deals: Deal[], companies: Company[]): DealItem[] {
  currencies.note(deals);
  const names = new Map(companies.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null) => (id && names.get(id)) || null;
  return deals.map((deal) => {
    const item = { deal, companyName: nameOf(deal.company_id), principalName: nameOf(deal.principal_id) };
    const kept = items.get(deal);
    if (kept?.companyName === item.companyName && kept.principalName === item.principalName) return kept;
    items.set(deal, item);
    return item;
  });
}

export interface DealRecord {
  deal: Deal;
  company: Company | undefined;
  principal: Company | undefined;
  contacts: Contact[];
}

/**
 * One deal, deleted or not, with the related records that its page shows; `undefined` if this device does not have it.
 */
export async function dealRecord(id: string): Promise<DealRecord | undefined> {
  const deal = await one('deals', id);
  if (!deal) return undefined;
  const { db } = currentStore();
  const [companies, contacts] = await Promise.all([
    db.rows('companies').bulkGet([deal.company_id ?? '', deal.principal_id ?? '']),
    db.rows('contacts').bulkGet(deal.contact_ids),
  ]);
  const [company, principal] = companies.map((row) => (row?.deleted_at === null ? row : undefined));
  return {
    deal,
    company,
    principal,
    contacts: contacts.filter((row) => row !== undefined).filter((row) => row.deleted_at === null),
  };
}

/** A contact that can be added to a deal. */
export interface ContactOption {
  id: string;
  name: string;
  company_id: string | null;
  companyName: string | null;
}

/** All living contacts by name. */
export async function contactOptions(): Promise<ContactOption[]> {
  const [contacts, companies] = await Promise.all([all('contacts'), all('companies')]);
  const names = new Map(companies.map((company) => [company.id, company.name]));
  const options = contacts.map((row) => ({
    id: row.id,
    name: contactName(row),
    company_id: row.company_id,
    companyName: (row.company_id && names.get(row.company_id)) || null,
  }));
  return sortByName(options, (option) => option.name);
}
