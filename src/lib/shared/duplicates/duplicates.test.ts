import { expect, test } from 'vitest';
import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import { companyDuplicates } from './company-duplicates';
import { contactDuplicates, type ContactLike } from './contact-duplicates';

const ana = {
  id: 'ana',
  first_name: 'Ana',
  last_name: 'Łukasiewicz',
  company_id: 'harbour',
  emails: [{ value: 'Ana@Example.com', label: null }],
  phones: [{ value: '+41 44 123 45 67', label: null }],
} as Contact;
const find = contactDuplicates([ana], [{ id: 'harbour', name: 'Harbour Hotel Ltd.' }]);
const typed = (values: Partial<ContactLike>) =>
  find({ name: '', company: '', emails: [], phones: [], ...values })[0]?.reason;

test.each<[string, Partial<ContactLike>]>([
  ['same email address', { emails: ['ana+news@example.COM '] }],
  ['same phone number', { phones: ['044 123 4567'] }],
  ['same name and company', { name: 'lukasiewicz, ana', company: 'harbour hotel' }],
  ['similar name, same company', { name: 'Anna Lukasiewicz', company: 'Harbour Hotel' }],
  ['same name', { name: 'Ana Lukasiewicz', company: 'Elsewhere' }],
])('recognizes a contact by %s', (reason, values) => {
  expect(typed(values)).toBe(reason);
});

test('does not warn about part of a number, a first name or a similar name elsewhere', () => {
  expect(typed({ phones: ['044'] })).toBeUndefined();
  expect(typed({ name: 'Ana', company: 'Harbour Hotel' })).toBeUndefined();
  expect(typed({ name: 'Anna Lukasiewicz', company: 'Elsewhere' })).toBeUndefined();
});

test('numbers with different area codes differ', () => {
  const phones = [{ value: '(312) 555-0147', label: null }];
  const found = contactDuplicates([{ ...ana, phones }], []);
  const of = (phone: string) => found({ name: '', company: '', emails: [], phones: [phone] });
  expect(of('(412) 555-0147')).toEqual([]);
  expect(of('+1 312.555.0147')).toMatchObject([{ id: 'ana', reason: 'same phone number' }]);
  const companies = companyDuplicates([{ id: 'h', name: 'Harbour', phone: '(312) 555-0147' } as Company]);
  expect(companies({ name: 'x', website: '', phone: '412-555-0147' })).toEqual([]);
  expect(companies({ name: 'x', website: '', phone: '1 312 555 0147' })).toMatchObject([{ id: 'h' }]);
});

test('an edited contact is not its own duplicate', () => {
  expect(typed({ id: 'ana', emails: ['ana@example.com'] })).toBeUndefined();
});

const company = { id: 'h', name: 'The Harbour Hotel GmbH', website: 'https://www.harbour.example.com/en' };
const findCompany = companyDuplicates([company as Company]);

test.each([
  ['same name', { name: 'harbour-hotel', website: '' }],
  ['same website', { name: 'x', website: 'harbour.example.com' }],
  ['similar name', { name: 'Harbor Hotel', website: '' }],
])('recognizes a company by %s', (reason, values) => {
  expect(findCompany({ phone: '', ...values })).toMatchObject([{ id: 'h', reason }]);
});

test('an empty form has no duplicates', () => {
  expect(findCompany({ name: '', phone: '', website: '' })).toEqual([]);
});

test.each([
  ['Grupo Bimbo S.A. de C.V.', 'Grupo Bimbo'],
  ['Lácteos Norte, S. de R.L. de C.V.', 'Lacteos Norte'],
  ['Tierra Fría SAPI de CV', 'Tierra Fria S.A.P.I. de C.V.'],
  ['Boulangerie Roy Ltée', 'Boulangerie Roy Inc.'],
  ['Fromages Roy S.E.N.C.R.L.', 'Fromages Roy'],
  ['Prairie Foods ULC', 'Prairie Foods'],
  ['Muebles y Cía. S. en C.', 'Muebles'],
  ['Foo GmbH & Co. KG', 'Foo'],
  ['Grupo Bimbo SAB', 'Grupo Bimbo'],
  ['Tacos Ricos, S. de R.L. M.I.', 'Tacos Ricos'],
  ['Tacos Ricos S.C. de R.L. de C.V.', 'Tacos Ricos'],
  ['Tacos Ricos S.A.P.I.', 'Tacos Ricos'],
  ['Maple Foods Limited Partnership', 'Maple Foods'],
  ['Hurt Sp. z o.o.', 'Hurt'],
  ['Nordic Foods A/S', 'Nordic Foods'],
])('%s may be %s: the legal form does not count', (there, typed) => {
  const find = companyDuplicates([{ id: 'h', name: there } as Company]);
  expect(find({ name: typed, phone: '', website: '' })).toMatchObject([{ id: 'h', reason: 'same name' }]);
});

test('companies with numbers for names are not duplicates', () => {
  const find = companyDuplicates([{ id: 'h', name: '9123-4567 Québec inc.' } as Company]);
  expect(find({ name: '9123-4568 Québec inc.', phone: '', website: '' })).toEqual([]);
  expect(find({ name: '9123-4567 Quebec', phone: '', website: '' })).toMatchObject([{ id: 'h' }]);
});

test('names with different letters are not duplicates', () => {
  const find = companyDuplicates([{ id: 'h', name: 'कीमत' } as Company]);
  expect(find({ name: 'कमत', phone: '', website: '' })).toEqual([]);
});
