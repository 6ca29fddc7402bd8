import { expect, test } from 'vitest';
import { buildRow } from './build-row';
import { guessColumns } from './guess';

const build = (row: Record<string, string>) =>
  buildRow({ number: 2, cells: Object.values(row) }, guessColumns(Object.keys(row)));

test('the quote that our export puts before a formula comes off again, and no other', () => {
  expect(build({ 'First name': "'=1+1", 'Last name': "'t Hart", Phone: "'+31 6 1234" })).toMatchObject({
    values: { first_name: '=1+1', last_name: "'t Hart", phones: [{ value: '+31 6 1234' }] },
  });
});

test('a full name is split so that it reads the same; beside its parts it is not repeated', () => {
  expect(build({ Name: 'Anna Maria de Boer' })).toMatchObject({
    values: { first_name: 'Anna Maria de', last_name: 'Boer' },
  });
  expect(build({ Name: 'Cher' })).toMatchObject({ values: { first_name: 'Cher', last_name: null } });
  const both = build({ Name: 'Ann Lee', 'First name': 'Ann', 'Last name': 'Lee' });
  expect(both).toMatchObject({ values: { background: null } });
});

test('what is no address, no number or no link goes to the background', () => {
  expect(
    build({ 'First name': 'Ann', Email: 'ask her', Phone: 'call the office', LinkedIn: 'java script:x' }),
  ).toMatchObject({
    values: {
      emails: [],
      phones: [],
      linkedin_url: null,
      background: 'Email: ask her\nPhone: call the office\nLinkedIn: java script:x',
    },
  });
});

test("a company's phone is a number; what is none goes to its text", () => {
  const row = { Name: 'Pine Street Deli', Phone: 'ask at the counter', 'Phone 2': '+1 360 555 0100' };
  const columns = guessColumns(Object.keys(row), 'companies');
  const reading = { kind: 'companies' as const, member: () => undefined };
  expect(buildRow({ number: 2, cells: Object.values(row) }, columns, reading)).toMatchObject({
    values: { phone: '+1 360 555 0100', description: 'Phone: ask at the counter' },
  });
});

test('a value too long for its field goes to the background whole', () => {
  const long = 'x'.repeat(301);
  expect(build({ 'First name': 'Ann', Title: long })).toMatchObject({
    values: { title: null, background: `Title: ${long}` },
  });
});

test('texts that no record can hold are a problem of their row', () => {
  expect(build({ 'First name': 'Ann', Notes: 'x'.repeat(20_001) })).toMatchObject({ kind: 'problem' });
});

test('a row known by an address alone is a contact called by it; a row with nothing to go by is a problem', () => {
  expect(build({ 'First name': '', Email: 'a@example.com' })).toMatchObject({
    kind: 'contact',
    values: { first_name: 'a@example.com', emails: [{ value: 'a@example.com', label: null }] },
  });
  expect(build({ 'First name': '', Notes: 'hello' })).toMatchObject({ kind: 'problem' });
});

test('the same address twice stands once', () => {
  expect(build({ 'First name': 'Ann', Email: 'a@example.com', 'Email 2': 'a@example.com' })).toMatchObject({
    values: { emails: [{ value: 'a@example.com' }], background: 'Email 2: a@example.com' },
  });
});
