import { Finder, haystack } from '$lib/shared/lists/filter';
import type { ListFilter } from '$lib/shared/lists/list-filter';
import type { ContactItem } from '$lib/shared/pickers/contacts';

/** The text that finds a contact: name, title, company, tags, email addresses and phone digits. */
export const contactFinder = new Finder(({ contact, name, companyName }: ContactItem) =>
  haystack(
    [name, contact.title, companyName, ...contact.emails.map(({ value }) => value), ...contact.tags],
    contact.phones.map(({ value }) => value),
  ),
);

/** The items that match every part of the filter, in their order. */
export function filterContacts(items: ContactItem[], { text, owner, tag }: ListFilter): ContactItem[] {
  const found = text.trim() ? contactFinder.find(items, text) : items;
  if (!owner && !tag) return found;
  return found.filter(
    ({ contact }) => (!owner || contact.owner_id === owner) && (!tag || contact.tags.includes(tag)),
  );
}
