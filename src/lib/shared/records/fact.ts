import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import type { Labelled } from '$lib/entities/fields';
import { splitNumbers } from '$lib/ui/phone-digits';
import { phoneLink, phoneText } from '$lib/ui/phone-text.svelte';
import { exactTime } from '$lib/ui/local-time.svelte';
import { webAddress } from '$lib/shared/forms/check';
import { joinTags } from '$lib/shared/forms/text';
import type { PlainField } from '$lib/shared/forms/plain-fields';

interface Line {
  text: string;
  href?: string | undefined;
  /** It opens another site. */
  outside?: boolean;
  /** Small print after the text. */
  note?: string | undefined;
}

/** One fact about a record. */
export interface Fact {
  label: string;
  lines: Line[];
  /** The tags, shown as small labels, each in the color of its word. */
  tags?: string[];
  /** If set, the fact can be edited on the page: the field of the form, and its text. */
  edit?: { field: string; text: string; long?: boolean };
}

/** The facts that have a value. */
export const known = (facts: Fact[]): Fact[] => facts.filter(({ lines }) => lines.some(({ text }) => text));

/** The fact, editable on the page as this field of the form. */
export const changeable = (fact: Fact, field: string, text: string | null, long = false): Fact => ({
  ...fact,
  edit: { field, text: text ?? '', long },
});

export const tagsFact = (tags: string[]): Fact =>
  changeable({ label: 'Tags', lines: [{ text: tags.join(', ') }], tags }, 'tags', joinTags(tags));

export const textFact = (label: string, text: string | null | undefined, href?: string): Fact => ({
  label,
  lines: text ? [{ text, href }] : [],
});

export const emailFact = (entries: Labelled[]): Fact => ({
  label: 'Email',
  lines: entries.map(({ value, label }) => ({ text: value, href: mailTo(value), note: label ?? undefined })),
});

/** `country` is the country of the record, for numbers without a country code. */
export const phoneFact = (entries: Labelled[], country: string | null): Fact => ({
  label: 'Phone',
  lines: entries.map(({ value, label }) => ({
    text: phoneText(value, country),
    href: phoneLink(value, country),
    note: label ?? undefined,
  })),
});

/** A link to another site. Text that is not a web address is shown as it is. */
function linkFact(label: string, address: string | null): Fact {
  const href = address ? webAddress(address) : undefined;
  const text = address?.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '') ?? '';
  return { label, lines: text ? [{ text, href, outside: true }] : [] };
}

/** The facts of plain fields. A day is changed in the form, the others on the page too. */
export const plainFacts = <Name extends string>(
  fields: readonly PlainField<Name>[],
  row: Record<Name, string | null>,
): Fact[] =>
  fields.map(({ field, label, control }) => {
    const value = row[field];
    if (control === 'day') return textFact(label, value && exactTime(value));
    return changeable(control === 'link' ? linkFact(label, value) : textFact(label, value), field, value);
  });

/** The countries that write the postal code after the region; the app's own, if a record names none. */
const codeLast = /^(|usa?|u\.s\.(a\.)?|united states( of america)?|ca|canada)$/i;

/** A postal address, as on an envelope: "Spokane, WA 99215", "10115 Berlin". */
export function addressFact(row: {
  street: string | null;
  postal_code: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
}): Fact {
  const join = (separator: string, ...parts: (string | null)[]) => parts.filter(Boolean).join(separator);
  const town = codeLast.test(row.country ?? '')
    ? join(' ', join(', ', row.city, row.region), row.postal_code)
    : join(', ', join(' ', row.postal_code, row.city), row.region);
  const lines = [row.street, town, row.country].filter(Boolean);
  return { label: 'Address', lines: lines.length > 0 ? [{ text: lines.join('\n') }] : [] };
}

export const mailTo = (address: string): string =>
  `mailto:${encodeURIComponent(address).replace('%40', '@')}`;

/** The link that calls a person at the first number that can be called. */
export const callTo = ({ phones, country }: Pick<Contact, 'phones' | 'country'>): string | undefined =>
  firstLink(
    phones.map(({ value }) => value),
    country,
  );

/** The link that calls a company. */
export const callCompany = ({ phone, country }: Pick<Company, 'phone' | 'country'>): string | undefined =>
  phone === null ? undefined : firstLink(splitNumbers(phone), country);

const firstLink = (numbers: string[], country: string | null): string | undefined =>
  numbers.map((number) => phoneLink(number, country)).find(Boolean);
