/** What a column of the file can be. The order is that of the choice. */
export const targetLabels = {
  line: 'Background line',
  first_name: 'First name',
  middle_name: 'Middle name',
  last_name: 'Last name',
  full_name: 'Full name',
  name_prefix: 'Name prefix',
  name_suffix: 'Name suffix',
  title: 'Title',
  department: 'Department',
  company: 'Company',
  email: 'Email',
  email_label: 'Email label',
  phone: 'Phone',
  phone_label: 'Phone label',
  linkedin_url: 'LinkedIn',
  website: 'Website',
  street: 'Street',
  city: 'City',
  region: 'Region',
  postal_code: 'Postal code',
  country: 'Country',
  tags: 'Tags',
  background: 'Background',
  ignore: 'Leave out',
} as const;

export type Target = keyof typeof targetLabels;

export const targets = Object.keys(targetLabels) as Target[];

/** A column of the file and what it becomes. */
export interface Column {
  index: number;
  header: string;
  target: Target;
  /** The label that the header gives to an e-mail address or a phone number: "work" in `email_work`. */
  label: string | null;
  /** What pairs a value with its label column: "1" in `E-mail 1 - Value`. */
  group: string;
}
