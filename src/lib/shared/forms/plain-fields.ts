import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';

/**
 * A field that needs no rule of its own. The form, the facts on the page, the export and the import of its entity read
 * it from the list below, so a new one is added in one line (`CONTRIBUTING.md`).
 */
export interface PlainField<Name extends string = string> {
  field: Name;
  label: string;
  /** `day` is `YYYY-MM-DD`; `link` is a web address. */
  control: 'text' | 'day' | 'link';
  /** The column names of this field in files, folded and in English. Without it, the import has its own rule. */
  header?: RegExp;
}

type TextOf<Row> = { [K in keyof Row]: Row[K] extends string | null ? K : never }[keyof Row] & string;

export const contactFields = [
  {
    field: 'department',
    label: 'Department',
    control: 'text',
    header: /^(organi[sz]ation |organi[sz]ation 1 )?department$/,
  },
  { field: 'linkedin_url', label: 'LinkedIn', control: 'link' },
] as const satisfies PlainField<TextOf<Contact>>[];

export const companyFields = [
  { field: 'website', label: 'Website', control: 'link' },
  { field: 'linkedin_url', label: 'LinkedIn', control: 'link' },
] as const satisfies PlainField<TextOf<Company>>[];

export type ContactField = (typeof contactFields)[number]['field'];
export type CompanyField = (typeof companyFields)[number]['field'];
