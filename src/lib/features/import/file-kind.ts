import { fold } from '$lib/ui/fold';

/** What the rows of a file are. In a file of contacts, a row without a person is a company. */
export const fileKinds = ['contacts', 'companies', 'deals'] as const;
export type FileKind = (typeof fileKinds)[number];

/** What happens to a row whose record is on this device already. */
export const duplicateChoices = {
  skip: 'Skip it',
  update: 'Update the record',
  create: 'Add it once more',
} as const;
export type DuplicateChoice = keyof typeof duplicateChoices;

const deal = /^(deal|opportunity)([ _]?name|[ _]?title)?$|^deal[ _]?stage$|^expected[ _]?close/;
const person = /^(first|last|given|family|full|middle)[ _]?name$|e-?mail|^(contact|person)$/;
const company = /^(company|organi[sz]ation|account)([ _]?name)?$|^(segment|industry)$/;

/** What the rows of a file with these column names most likely are. */
export function kindOf(headers: string[]): FileKind {
  const names = headers.map((header) => fold(header.trim()));
  const some = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (some(deal)) return 'deals';
  return some(company) && !some(person) ? 'companies' : 'contacts';
}
