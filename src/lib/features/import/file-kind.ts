import { headerNames, targetOf } from './guess';
import { isOfPerson } from './header-words';
import type { Target } from './targets';

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

const ofDealsOnly: Target[] = ['stage', 'amount', 'currency', 'expected_close_on', 'closed_at', 'principal'];
const person = /^(first|last|full|middle) name$|^(contact|person)$/;
const nameOfCompany = /^(company|organi[sz]ation|account)( name)?$/;
const company = /^(company|organi[sz]ation|account)( name)?$|^(segment|industry)$/;

/**
 * What the rows of a file with these column names most likely are. Deals are told by their name, or by two columns that
 * only deals have, whatever else is in the file about their people.
 */
export function kindOf(headers: string[]): FileKind {
  const names = headerNames(headers);
  const some = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (some(/^(deal|opportunity|potential)( (name|title))?$|^deal stage$|^expected clos/)) return 'deals';
  if (headers.some(isOfPerson)) return 'contacts';
  const own = new Set(names.map((name) => targetOf(name, 'deals')));
  const isOfPeople = some(/^(first|last|middle) name$/);
  if (!isOfPeople && ofDealsOnly.filter((target) => own.has(target)).length > 1) return 'deals';
  // A name beside a company is that of a person.
  const hasPerson = some(person) || (some(/^name$/) && some(nameOfCompany)) || some(/e ?mail/);
  return some(company) && !hasPerson ? 'companies' : 'contacts';
}
