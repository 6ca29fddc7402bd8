import { contactName, contactSortName, type Contact } from '$lib/entities/contact';
import type { Company } from '$lib/entities/company';
import type { Deal } from '$lib/entities/deal';
import { perStore } from '$lib/store/current';
import { all, firstByKey, one, referring, some } from '$lib/store/read';
import { inPieces } from '$lib/shared/lists/in-pieces';
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
  return order().ofMany(await itemsOf(contacts, companies));
}

/** The first contacts of that list, at most `count`; `undefined` if all rows must be read to know them. */
export async function firstContacts(count: number): Promise<ContactItem[] | undefined> {
  const contacts = await firstByKey('contacts', count);
  if (!contacts) return undefined;
  const companyIds = contacts.map(({ company_id }) => company_id).filter((id) => id !== null);
  return itemsOf(contacts, await some('companies', companyIds));
}

async function itemsOf(contacts: Contact[], companies: Company[]): Promise<ContactItem[]> {
  const names = new Map(companies.map((company) => [company.id, company.name]));
  const made: ContactItem[] = [];
  await inPieces(contacts, (contact) =>
    made.push(itemOf(contact, (contact.company_id && names.get(contact.company_id)) || null)),
  );
  return made;
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

/**
 * The date of the last note about each contact, by contact id, as ISO strings.
 * @param ids only these contacts
 */
export async function lastContacted(ids?: string[]): Promise<Map<string, string>> {
  const latest = new Map<string, string>();
  const notes = await (ids ? referring('notes', 'contact_id', ids) : all('notes'));
  await inPieces(notes, ({ contact_id, occurred_at }) => {
    if (!contact_id) return;
    const before = latest.get(contact_id);
    if (!before || Date.parse(before) < Date.parse(occurred_at)) latest.set(contact_id, occurred_at);
  });
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
