import type { Contact } from '$lib/entities/contact';
import type { Labelled } from '$lib/entities/fields';
import type { Column } from '$lib/shared/export/csv';
import { joinTags } from '$lib/shared/forms/text';
import { contactFields } from '$lib/shared/forms/plain-fields';
import type { ContactItem } from '$lib/shared/pickers/contacts';

type TextField = { [K in keyof Contact]: Contact[K] extends string | null ? K : never }[keyof Contact];

const text = (header: string, field: TextField): Column<ContactItem> => ({
  header,
  value: ({ contact }) => contact[field],
});

/**
 * The columns of exported contacts. There are as many email and phone columns as any contact needs.
 * @param ownerName gives a member's name by id
 */
export function contactColumns(
  items: ContactItem[],
  ownerName: (id: string) => string | undefined,
): Column<ContactItem>[] {
  return [
    text('First name', 'first_name'),
    text('Last name', 'last_name'),
    text('Title', 'title'),
    { header: 'Company', value: ({ companyName }) => companyName },
    ...numbered(items, 'Email', ({ contact }) => contact.emails),
    ...numbered(items, 'Phone', ({ contact }) => contact.phones, 'phone'),
    ...contactFields.map(({ label, field }) => text(label, field)),
    text('Street', 'street'),
    text('City', 'city'),
    text('Region', 'region'),
    text('Postal code', 'postal_code'),
    text('Country', 'country'),
    text('Background', 'background'),
    { header: 'Owner', value: ({ contact }) => contact.owner_id && ownerName(contact.owner_id) },
    { header: 'Tags', value: ({ contact }) => joinTags(contact.tags) },
  ];
}

function numbered(
  items: ContactItem[],
  name: string,
  entries: (item: ContactItem) => Labelled[],
  kind?: 'phone',
): Column<ContactItem>[] {
  const most = items.reduce((count, item) => Math.max(count, entries(item).length), 1);
  return Array.from({ length: most }, (_, index) => {
    const header = index === 0 ? name : `${name} ${index + 1}`;
    return [
      { header, ...(kind && { kind }), value: (item: ContactItem) => entries(item)[index]?.value },
      { header: `${header} label`, value: (item: ContactItem) => entries(item)[index]?.label },
    ];
  }).flat();
}
