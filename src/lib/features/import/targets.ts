import {
  companyFields,
  contactFields,
  type CompanyField,
  type ContactField,
  type PlainField,
} from '$lib/shared/forms/plain-fields';
import type { FileKind } from './file-kind';

type PlainTarget = ContactField | CompanyField;
const plain = [...contactFields, ...companyFields];
const plainLabels = Object.fromEntries(plain.map(({ field, label }) => [field, label])) as Record<
  PlainTarget,
  string
>;

/** The possible targets of a column, in the order of the choice. */
export const targetLabels = {
  line: 'Line in Background',
  first_name: 'First name',
  middle_name: 'Middle name',
  last_name: 'Last name',
  full_name: 'Full name',
  name_prefix: 'Name prefix',
  name_suffix: 'Name suffix',
  title: 'Title',
  company: 'Company',
  email: 'Email',
  email_label: 'Email label',
  phone: 'Phone',
  phone_label: 'Phone label',
  ...plainLabels,
  street: 'Street',
  city: 'City',
  region: 'Region',
  postal_code: 'Postal code',
  country: 'Country',
  segment: 'Segment',
  deal_name: 'Deal name',
  principal: 'Principal',
  contact: 'Contact',
  stage: 'Stage',
  status: 'Status',
  amount: 'Amount',
  currency: 'Currency',
  expected_close_on: 'Expected close date',
  next_action: 'Next action',
  next_action_on: 'Next action date',
  source: 'Source',
  closed_at: 'Closed at',
  lost_reason: 'Lost reason',
  priority: 'Priority',
  owner: 'Owner',
  tags: 'Tags',
  background: 'Background',
  ignore: 'Do not import',
} as const;

export type Target = keyof typeof targetLabels;

const all = Object.keys(targetLabels) as Target[];
const place: Target[] = ['street', 'city', 'region', 'postal_code', 'country'];
const always: Target[] = ['line', 'company', 'owner', 'tags', 'background', 'ignore'];
const ofDeals = all.slice(all.indexOf('deal_name'), all.indexOf('owner'));
const choices: Record<FileKind, Target[]> = {
  contacts: all.filter((target) => target !== 'segment' && !ofDeals.includes(target)),
  companies: [
    ...always,
    ...place,
    'phone',
    ...companyFields.map(({ field }) => field),
    'segment',
    'priority',
  ],
  deals: [...always, ...ofDeals],
};

/** The possible targets of a column in a file of a kind, in the order of the choice. */
export const targetsOf = (kind: FileKind): Target[] => all.filter((target) => choices[kind].includes(target));

/** The targets that hold a day or a time. */
export const dateTargets = new Set<Target>([
  'expected_close_on',
  'next_action_on',
  'closed_at',
  ...plain.filter(({ control }: PlainField) => control === 'day').map(({ field }) => field),
]);

/** A column of the file and its target. */
export interface Column {
  index: number;
  header: string;
  target: Target;
  /** The label in the header of an email address or a phone number, like "work" in `email_work`. */
  label: string | null;
  /** The part that connects a value with its label column, like "1" in `E-mail 1 - Value`. */
  group: string;
}
