import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { buildRow } from './build-row';
import type { BuiltRow } from './built-row';
import { guessColumns } from './guess';
import { readCsv } from './read-csv';
import type { SourceTable } from './source-table';

const sample = (name: string) => readCsv(new Blob([readFileSync(`tests/fixtures/${name}`)]));
const records = ({ headers, rows }: SourceTable) => rows.map((row) => buildRow(row, guessColumns(headers)));

/** All text of a record. */
function textsOf(record: BuiltRow): string {
  const texts: string[] = [];
  JSON.stringify(record, (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}
function person(record: BuiltRow | undefined): Partial<Contact> {
  if (record?.kind !== 'contact') throw new Error('no contact');
  return record.values;
}

test.each(['google-contacts.csv', 'atomic-crm-contacts.csv'])(
  '%s: no row and no character is lost',
  async (name) => {
    const table = await sample(name);
    const built = records(table);
    expect(built.map((record) => record.kind)).not.toContain('problem');
    expect(table.problems).toEqual([]);
    for (const [index, { cells }] of table.rows.entries()) {
      const text = textsOf(built[index] as BuiltRow);
      // Google writes lists as joined values and stars the main entry.
      const parts = cells
        .flatMap((cell) => cell.split(/ ::: |, (?=developer|design)/))
        .map((part) => part.replace(/^\* /, ''));
      for (const part of parts) expect(text).toContain(part);
    }
  },
);

test('reads the people of the Google sample', async () => {
  const [zoe, jose, pizza, smith, formula, li] = records(await sample('google-contacts.csv'));
  expect(person(zoe)).toMatchObject({
    first_name: 'Zoë',
    last_name: 'Ångström',
    title: 'Chef',
    department: 'Kitchen',
    emails: [
      { value: 'zoe@bistrolada.example', label: 'Work' },
      { value: 'zoe.home@example.com', label: 'Home' },
    ],
    phones: [
      { value: '+46 70 123 45 67', label: 'Mobile' },
      { value: '08-555 01 99', label: 'Work' },
    ],
    street: 'Götgatan 1, 2 tr',
    postal_code: '118 46',
    tags: ['myContacts', 'Chefs'],
  });
  expect(person(zoe).background).toContain('Prefers calls before 10:00\nand no samples on Mondays');
  expect(zoe).toMatchObject({ company: 'Bistro Låda' });
  expect(person(jose)).toMatchObject({ first_name: 'Dr. José María', last_name: "O'Neill-García Jr." });
  expect(person(jose).emails?.map(({ value }) => value)).toEqual([
    'jose@elfaro.example',
    'pedidos@elfaro.example',
  ]);
  expect(jose).toMatchObject({ company: 'Mariscos "El Faro", S.L.' });
  expect(pizza).toMatchObject({
    kind: 'company',
    values: {
      name: 'Windy City Pizza Group',
      phone: '(312) 555-0142 ext. 7',
      city: 'Chicago',
      postal_code: '60606',
    },
  });
  expect(person(smith)).toMatchObject({
    first_name: 'Smith, Jr.',
    phones: [{ value: '0031612345678', label: 'Mobile' }],
  });
  expect(person(formula)).toMatchObject({
    first_name: '=HYPERLINK("http://evil.example")',
    last_name: 'Formula',
  });
  expect(formula).toMatchObject({ company: '@SUM(A1:A9)' });
  expect(person(li)).toMatchObject({ first_name: '李', last_name: '小龙', title: '采购' });
});

test('keeps columns of the Atomic CRM sample without a field in the background', async () => {
  const [john] = records(await sample('atomic-crm-contacts.csv'));
  expect(person(john)).toMatchObject({
    tags: ['influencer', 'developer'],
    linkedin_url: 'https://www.linkedin.com/in/johndoe',
    emails: [
      { value: 'john@doe.example', label: 'work' },
      { value: 'john.doe@gmail.com', label: 'home' },
      { value: 'jdoe@caramail.com', label: 'other' },
    ],
  });
  expect(person(john).background).toContain('gender: male\n');
});
