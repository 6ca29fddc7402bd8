import type { Contact } from '$lib/entities/contact';

/** A contact as a vCard 3.0, the version that both phones and mail programs read. */
export function vcard(contact: Contact, companyName: string | null | undefined): string {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  const place = [contact.street, contact.city, contact.region, contact.postal_code, contact.country];
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    property('N', [contact.last_name, contact.first_name, '', '', '']),
    property('FN', [name || contact.emails[0]?.value]),
    ...(companyName || contact.department ? [property('ORG', [companyName, contact.department])] : []),
    ...(contact.title ? [property('TITLE', [contact.title])] : []),
    ...contact.emails.map(({ value, label }) => property(`EMAIL;TYPE=INTERNET${typeOf(label)}`, [value])),
    ...contact.phones.map(({ value, label }) => property(`TEL${typeOf(label)}`, [value])),
    ...(place.some(Boolean) ? [property('ADR', ['', '', ...place])] : []),
    ...(contact.linkedin_url ? [property('URL', [contact.linkedin_url])] : []),
    ...(contact.tags.length > 0 ? [`CATEGORIES:${contact.tags.map(escaped).join(',')}`] : []),
    ...(contact.background ? [property('NOTE', [contact.background])] : []),
    `UID:${contact.id}`,
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const types: Record<string, string> = { work: 'WORK', home: 'HOME', mobile: 'CELL', fax: 'FAX' };
const typeOf = (label: string | null) => {
  const type = types[label?.toLowerCase() ?? ''];
  return type ? `;TYPE=${type}` : '';
};

const property = (name: string, parts: (string | null | undefined)[]) =>
  `${name}:${parts.map((part) => escaped(part ?? '')).join(';')}`;

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/** Lines of at most 75 bytes that split no letter. A continuation line begins with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let bytes = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) {
      out += '\r\n ';
      bytes = 1;
    }
    out += letter;
    bytes += size;
  }
  return out;
}
