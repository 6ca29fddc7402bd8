import { contactName, contactSortName, type Contact } from '$lib/entities/contact';
import type { Company } from '$lib/entities/company';
import type { Deal } from '$lib/entities/deal';
import { perStore } from '$lib/store/current';
import { all, one, referring } from '$lib/store/read';
import { NameOrder, uniqueNameKey } from '$lib/shared/lists/name-order';

/** A contact with the values that the list shows. */
export interface ContactItem {
  id: string;
  contact: Contact;
  name: string;
  /** The name for sorting and grouping: the last name if there is one. */
  sortName: string;
  companyName: string | null;
}

// Unchanged items are reused, so a save among 50,000 contacts makes only one new item.
const items = new WeakMap<Contact, ContactItem>();
const order = perStore(() => new NameOrder<ContactItem>(({ id, sortName }) => uniqueNameKey(sortName, id)));

/** All living contacts, sorted by last name. */
export async function contactList(): Promise<ContactItem[]> {
  const [contacts, companies] = await Promise.all([all('contacts'), all('companies')]);
  const names = new Map(companies.map((company) => [company.id, company.name]));
  return order().of(
    contacts.map((contact) => itemOf(contact, (contact.company_id && names.get(contact.company_id)) || null)),
  );
}

function itemOf(contact: Contact, companyName: string | null): ContactItem {
  const kept = items.get(contact);
  if (kept?.companyName === companyName) return kept;
  const item = {
    id: contact.id,
    contact,
    name: contactName(contact),
    sortName: contactSortName(contact),
    companyName,
  };
  items.set(contact, item);
  return item;
}

/** The date of the last note about each contact, by contact id, as ISO strings. */
export async function lastContacted(): Promise<Map<string, string>> {
  const latest = new Map<string, string>();
  for (const { contact_id, occurred_at } of await all('notes')) {
    if (!contact_id) continue;
    const before = latest.get(contact_id);
    if (!before || Date.parse(before) < Date.parse(occurred_at)) latest.set(contact_id, occurred_at);
  }
  return latest;
}

export interface ContactRecord {
  contact: Contact;
  company: Company | undefined;
  deals: Deal[];
}

/**
 * One contact, deleted or not, with the related records that its page shows; `undefined` if this device does not have
 * it.
 */
export async function contactRecord(id: string): Promise<ContactRecord | undefined> {
  const contact = await one('contacts', id);
  if (!contact) return undefined;
  const [company, deals] = await Promise.all([
    contact.company_id ? one('companies', contact.company_id) : undefined,
    referring('deals', 'contact_ids', id),
  ]);
  return { contact, company: company?.deleted_at ? undefined : company, deals };
}
