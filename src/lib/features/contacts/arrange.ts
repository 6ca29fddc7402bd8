import { addedAt } from '$lib/entities/added-at';
import type { ListFilter } from '$lib/shared/lists/list-filter';
import { sortRows, withinDays } from '$lib/shared/lists/sort-rows';
import type { ContactItem } from '$lib/shared/pickers/contacts';

/**
 * The contacts of a preset, in the order that was asked for.
 * @param last the date of the last note about each contact, by contact id
 */
export function arrangeContacts(
  items: ContactItem[],
  { preset, sort }: ListFilter,
  last: ReadonlyMap<string, string>,
  now: Date,
): ContactItem[] {
  const test = preset ? tests[preset] : undefined;
  const shown = test ? items.filter((item) => test(item, last.get(item.id), now)) : items;
  const key = sort ? keys[sort] : undefined;
  return key ? sortRows(shown, (item) => key(item, last.get(item.id))) : shown;
}

const tests: Record<string, (item: ContactItem, last: string | undefined, now: Date) => boolean> = {
  // A contact counts as quiet only if somebody has spoken to them before.
  quiet: (_item, last, now) => last !== undefined && !withinDays(last, 30, now),
  new: ({ contact }, _last, now) => withinDays(addedAt(contact), 7, now),
  free: ({ contact }) => contact.owner_id === null,
};

const keys: Record<string, (item: ContactItem, last: string | undefined) => string | number | null> = {
  first_name: ({ contact }) => contact.first_name,
  company: ({ companyName }) => companyName,
  title: ({ contact }) => contact.title,
  contacted: (_item, last) => (last ? Date.parse(last) : null),
  added: ({ contact }) => Date.parse(addedAt(contact)),
};
