import type { FileKind } from './file-kind';
import { headerNames, targetOf } from './guess';
import { isOfPerson } from './header-words';
import type { Target } from './targets';

const ofDealsOnly: Target[] = ['stage', 'amount', 'currency', 'expected_close_on', 'closed_at', 'principal'];
const person = /^(first|last|full|middle) name$|^(contact|person)$/;
const nameOfCompany = /^(company|organi[sz]ation|account)( name)?$/;
const company = /^(company|organi[sz]ation|account)( name)?$|^(segment|industry)$/;

/**
 * The most likely kind of rows in a file with these column names. Deals are recognized by their name, or by two columns
 * that only deals have, even if the file also has columns about people.
 */
export function kindOf(headers: string[]): FileKind {
  const names = headerNames(headers);
  const some = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (some(/^(deal|opportunity|potential)( (name|title))?$|^deal stage$|^expected clos/)) return 'deals';
  if (headers.some(isOfPerson)) return 'contacts';
  const own = new Set(names.map((name) => targetOf(name, 'deals')));
  const isOfPeople = some(/^(first|last|middle) name$/);
  if (!isOfPeople && ofDealsOnly.filter((target) => own.has(target)).length > 1) return 'deals';
  // A name beside a company is the name of a person.
  const hasPerson = some(person) || (some(/^name$/) && some(nameOfCompany)) || some(/e ?mail/);
  return some(company) && !hasPerson ? 'companies' : 'contacts';
}
