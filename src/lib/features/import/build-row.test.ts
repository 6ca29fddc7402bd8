import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildRow } from './build-row';
import { guessColumns } from './guess';
import { readCsv } from './read-csv';

const build = (row: Record<string, string>) =>
  buildRow({ number: 2, cells: Object.values(row) }, guessColumns(Object.keys(row)));

test('the quote that our export puts before a formula comes off again, and no other', () => {
  expect(build({ 'First name': "'=1+1", 'Last name': "'t Hart", Phone: "'+31 6 1234" })).toMatchObject({
    values: { first_name: '=1+1', last_name: "'t Hart", phones: [{ value: '+31 6 1234' }] },
  });
});

test('a full name is split so that it reads the same; beside its parts it is not repeated', () => {
  expect(build({ Name: 'Anna Maria de Boer' })).toMatchObject({
    values: { first_name: 'Anna Maria', last_name: 'de Boer' },
  });
  expect(build({ Name: 'Cher' })).toMatchObject({ values: { first_name: 'Cher', last_name: null } });
  const both = build({ Name: 'Ann Lee', 'First name': 'Ann', 'Last name': 'Lee' });
  expect(both).toMatchObject({ values: { background: null } });
});

test('text that is not an address, number or link goes to the background', () => {
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

test("a company's phone is a number, and other text stays text", () => {
  const row = { Name: 'Pine Street Deli', Phone: 'ask at the counter', 'Phone 2': '+1 360 555 0100' };
  const columns = guessColumns(Object.keys(row), 'companies');
  const reading = { kind: 'companies' as const, member: () => undefined };
  expect(buildRow({ number: 2, cells: Object.values(row) }, columns, reading)).toMatchObject({
    values: { phone: '+1 360 555 0100', description: 'Phone: ask at the counter' },
  });
});

test('a value that is too long for its field goes to the background whole', () => {
  const long = 'x'.repeat(301);
  expect(build({ 'First name': 'Ann', Title: long })).toMatchObject({
    values: { title: null, background: `Title: ${long}` },
  });
});

test('a row with more text than a record can hold is a problem', () => {
  expect(build({ 'First name': 'Ann', Notes: 'x'.repeat(20_001) })).toMatchObject({ kind: 'problem' });
});

test('a row with only an address is a contact, and an empty row is a problem', () => {
  expect(build({ 'First name': '', Email: 'a@example.com' })).toMatchObject({
    kind: 'contact',
    values: { first_name: 'a@example.com', emails: [{ value: 'a@example.com', label: null }] },
  });
  expect(build({ 'First name': '', Notes: 'hello' })).toMatchObject({ kind: 'problem' });
});

test('keeps an address once', () => {
  expect(build({ 'First name': 'Ann', Email: 'a@example.com', 'Email 2': 'a@example.com' })).toMatchObject({
    values: { emails: [{ value: 'a@example.com' }], background: 'Email 2: a@example.com' },
  });
});

test('reads several numbers in a cell, each as it was written', () => {
  const phones = (value: string) => {
    const row = build({ 'First name': 'Ann', Phone: value });
    return row.kind === 'contact' ? row.values.phones?.map((phone) => phone.value) : row;
  };
  expect(phones('044 111 22 33 / 079 111 22 33')).toEqual(['044 111 22 33', '079 111 22 33']);
  expect(phones('044 111 22 34; 079 111 22 34')).toEqual(['044 111 22 34', '079 111 22 34']);
  expect(phones('+41441112242,,123#')).toEqual(['+41441112242,,123#']);
  expect(phones('044 1 ::: 079 2')).toEqual(['044 1', '079 2']);
});

test('the numbers of the sample are stored as they were written, and the damaged one is pointed out', async () => {
  const { headers, rows } = await readCsv(new Blob([readFileSync('tests/fixtures/phones.csv')]));
  const built = rows.map((row) => buildRow(row, guessColumns(headers)));
  const phones = built.map((row) =>
    row.kind === 'contact' ? row.values.phones?.map(({ value }) => value) : [],
  );
  expect(phones).toEqual([
    ['+41 (0)44 668 18 00'],
    ['044 111 22 33', '079 111 22 33'],
    ['044 111 22 34', '079 111 22 34'],
    [],
    ['0441112235'],
    ['0441112236'],
    ['+41 44 111 22 37'],
    ['+1 (212) 555-0100 ext. 12'],
    ['Fax 044 111 22 38'],
    ['0041 44 111 22 39'],
    ['1-800-FLOWERS'],
    ['441112240'],
    ['０３-１２３４-５６７８'],
    ['max: 044 111 22 41'],
    ['+41441112242,,123#'],
    ['٠٤٤١١١٢٢٤٣'],
  ]);
  expect(built.flatMap(({ unread }, index) => unread?.map((text) => [index, text]) ?? [])).toEqual([
    [3, expect.stringMatching(/^“4\.4E\+11” in Phone was damaged by a spreadsheet/)],
  ]);
  expect(built[3]).toMatchObject({ values: { background: 'Phone: 4.4E+11' } });
});

test("the first of several numbers is the company's phone, and the text keeps all", () => {
  const row = { Name: 'Pine Street Deli', Phone: '044 111 22 33 / 079 111 22 33' };
  const columns = guessColumns(Object.keys(row), 'companies');
  const reading = { kind: 'companies' as const, member: () => undefined };
  expect(buildRow({ number: 2, cells: Object.values(row) }, columns, reading)).toMatchObject({
    values: { phone: '044 111 22 33', description: 'Phone: 044 111 22 33 / 079 111 22 33' },
  });
});

test('a name beside one part of it is the other part', () => {
  expect(build({ Firstname: 'Anna', Name: 'Meier' })).toMatchObject({
    values: { first_name: 'Anna', last_name: 'Meier', background: null },
  });
  expect(build({ Name: 'John', Surname: 'Smith' })).toMatchObject({
    values: { first_name: 'John', last_name: 'Smith', background: null },
  });
  expect(build({ 'First name': 'Anna', Name: 'Anna Meier' })).toMatchObject({
    values: { first_name: 'Anna', last_name: 'Meier' },
  });
});

test("Outlook's way of sending to an address is not its label", () => {
  const row = build({ 'First Name': 'Ann', 'E-mail Address': 'a@example.com', 'E-mail Type': 'SMTP' });
  expect(row).toMatchObject({ values: { emails: [{ value: 'a@example.com', label: null }] } });
});

test("a fax number is not a company's phone", () => {
  const row = { Name: 'Pine Street Deli', Fax: '044 111 22 33', Phone: '044 111 22 44' };
  const reading = { kind: 'companies' as const, member: () => undefined };
  expect(
    buildRow({ number: 2, cells: Object.values(row) }, guessColumns(Object.keys(row), 'companies'), reading),
  ).toMatchObject({ values: { phone: '044 111 22 44', description: 'Fax: 044 111 22 33' } });
});

test.each([
  ['["a","b"]', ['a', 'b']],
  ["['a', 'Food, fresh']", ['a', 'Food, fresh']],
  ['{a,b}', ['a', 'b']],
  ['[]', []],
  ['[draft]', ['[draft]']],
  ['[a], [b]', ['[a]', '[b]']],
  ['TBD', ['TBD']],
  ['a，b、c', ['a', 'b', 'c']],
  ['VIP, vip', ['VIP']],
  ['VIP, "Food, fresh", N/A', ['VIP', 'Food, fresh']],
])('the tags in %j are %j', (cell, tags) => {
  expect(build({ 'First name': 'Ann', Tags: cell })).toMatchObject({ values: { tags, background: null } });
});

test('removes the formula that protects a number from a spreadsheet', () => {
  expect(build({ 'First name': 'Ann', Zip: '="01234"' })).toMatchObject({ values: { postal_code: '01234' } });
  expect(build({ 'First name': 'Ann', City: '\'="Ulm"' })).toMatchObject({ values: { city: '="Ulm"' } });
});

test('a word for nothing beside a number does not lose the number', () => {
  expect(build({ 'First name': 'Ann', Phone: '212 555 0147; N/A' })).toMatchObject({
    values: { phones: [{ value: '212 555 0147' }], background: null },
  });
});

test('a column called Title may hold forms of address, degrees and jobs', () => {
  const columns = guessColumns(['Title', 'First name'], 'contacts', [{ cells: ['Mr', 'Ann'] }]);
  const of = (title: string) => buildRow({ number: 2, cells: [title, 'Ann'] }, columns);
  expect(of('Mrs.')).toMatchObject({ values: { first_name: 'Ann', title: null } });
  expect(of('Dr.')).toMatchObject({ values: { first_name: 'Dr. Ann', title: null } });
  expect(of('CEO')).toMatchObject({ values: { first_name: 'Ann', title: 'CEO' } });
});

test('removes quotation marks between spaces', () => {
  expect(build({ 'First name': 'Ann ', 'Last name': ' "Lee" ' })).toMatchObject({
    values: { last_name: 'Lee' },
  });
  expect(build({ 'First name': '"Al"' })).toMatchObject({ values: { first_name: '"Al"' } });
});

test('finds an owner by the email address beside the name', () => {
  const member = (name: string) => (name === 'ada@example.com' ? 'ada' : undefined);
  const row = { number: 2, cells: ['Ann', 'Ada <ada@example.com>'] };
  const columns = guessColumns(['First name', 'Owner']);
  expect(buildRow(row, columns, { kind: 'contacts', member })).toMatchObject({ values: { owner_id: 'ada' } });
});
