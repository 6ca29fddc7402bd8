import { afterEach, beforeEach, expect, test } from 'vitest';
import { memberRow } from '$lib/entities/test-rows';
import { setCurrentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { contacts, deals, imported, opened, text } from './test-import';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

test('keeps every email address once, without the text around it', async () => {
  await imported('emails');
  const found = new Map(
    (await contacts()).map((row) => [row.last_name, row.emails.map(({ value }) => value)]),
  );
  const at = (letters: string) => [...letters].map((letter) => `zem.${letter}@example.com`);
  expect(Object.fromEntries(found)).toEqual({
    ...{ Semis: at('ab'), Na: at('c'), Angle: at('d'), Mailto: at('e'), Brackets: at('f'), Space: at('gh') },
    ...{ Slash: at('ij'), Second: at('kl'), Case: ['Zem.M@Example.com'], Zwsp: at('n'), Comment: at('o') },
    ...{ Dot: at('p'), None: [], Nbsp: at('q') },
  });
  expect((await contacts()).find((row) => row.last_name === 'Comment')?.emails[0]?.label).toBe('work');
});

test('rows with the same address become one contact with all their values', async () => {
  await imported('infile-dups');
  const [same, other, ...rest] = await contacts();
  expect(rest).toEqual([]);
  expect(same).toMatchObject({
    first_name: 'Zin',
    last_name: 'Same',
    emails: [{ value: 'zin.same@example.com' }],
  });
  expect(same?.phones.map(({ value }) => value)).toEqual(['1111111', '2222222']);
  expect(other?.last_name).toBe('Other');
});

test('two people with one address stay two, and the page says so', async () => {
  const { unread } = await imported(
    text('First name,Email\nAnn,office@example.com\nBob,office@example.com\n'),
  );
  expect((await contacts()).map(({ first_name }) => first_name)).toEqual(['Ann', 'Bob']);
  expect(unread).toEqual([{ row: 3, name: 'Bob', reason: 'It has the same email address as row 2.' }]);
});

test('finds the column names below notes of other programs', async () => {
  await imported('linkedin');
  await imported('sep-line');
  expect(
    (await contacts()).map(({ first_name, last_name, title }) => [first_name, last_name, title]),
  ).toEqual([
    ['Zlin', 'Amber', 'Chef'],
    ['Zlin', 'Boris', 'Buyer'],
    ['Zsep', 'Anna', null],
    ['Zsep', 'Ben', null],
  ]);
  const preamble = text('Customer list;;\nAs of;1.3.2026;\n;;\nVorname;Nachname;Firma\nUwe;Ott;Ott KG\n');
  const { table } = await opened(preamble);
  expect([table.headers, table.rows.map(({ number }) => number)]).toEqual([
    ['Vorname', 'Nachname', 'Firma'],
    [5],
  ]);
});

test('words for nothing do not become values', async () => {
  await imported('null-cells');
  expect(await all('companies')).toEqual([]);
  for (const row of await contacts())
    expect(row).toMatchObject({
      emails: [],
      phones: [],
      city: null,
      tags: [],
      background: null,
      company_id: null,
    });
  expect((await contacts()).map(({ last_name }) => last_name)).toEqual([
    'One',
    'Two',
    'Three',
    'Four',
    'Five',
  ]);
});

test('a person called Null keeps the name', async () => {
  await imported(text('First name,Last name,Company\nJenny,Null,null\n'));
  expect(await contacts()).toMatchObject([{ first_name: 'Jenny', last_name: 'Null', company_id: null }]);
});

test('lists values that a spreadsheet damaged', async () => {
  const { unread } = await imported(text('First name,Company,Phone\nAnn,#REF!,########\n'));
  expect(unread.map(({ reason }) => reason)).toEqual([
    '“#REF!” in Company was damaged by a spreadsheet.',
    '“########” in Phone was damaged by a spreadsheet.',
  ]);
  expect(await all('companies')).toEqual([]);
});

test('Outlook in German: reads addresses and numbers, and Herr is not a title', async () => {
  await imported('outlook-de');
  const [fischer] = await contacts();
  expect(fischer).toMatchObject({
    ...{ first_name: 'Zold Karl', last_name: 'Fischer', title: 'Leiter', department: 'Einkauf' },
    ...{ street: 'Hauptstr. 5', city: 'Köln', region: 'NRW', postal_code: '50667', country: 'Deutschland' },
    tags: ['Kunde', 'Wichtig'],
  });
  expect(fischer?.emails.map(({ value }) => value)).toEqual([
    'zold.fischer@example.com',
    'zold.privat@example.com',
  ]);
  expect(fischer?.phones.map(({ label }) => label)).toEqual(['fax', 'work', 'work', 'home', 'mobile']);
  expect(await all('companies')).toMatchObject([{ name: 'Zold Bäckerei' }]);
});

async function team() {
  const members = [
    memberRow({ full_name: 'Riley Navarro', email: 'rep@example.com' }),
    memberRow({ full_name: 'Riley Navarro', email: 'other@example.com', role: 'read_only' }),
    memberRow({ full_name: 'Owen Castell', email: 'readonly@example.com', role: 'read_only' }),
    memberRow({ full_name: 'Ada Admin', email: 'admin@example.com', role: 'admin' }),
    memberRow({ full_name: 'Sam Lee', email: 'sam1@example.com' }),
    memberRow({ full_name: 'Sam Lee', email: 'sam2@example.com' }),
  ];
  await store.db.rows('members').bulkPut(members);
  return Object.fromEntries(members.map(({ id, email }) => [email, id]));
}

test('the owner is the one matching person who can own records', async () => {
  const ids = await team();
  const { unread } = await imported('owners');
  expect((await contacts()).map(({ owner_id }) => owner_id)).toEqual([
    ids['rep@example.com'],
    store.userId,
    ids['rep@example.com'],
    store.userId,
  ]);
  expect(unread.map(({ row }) => row)).toEqual([3, 5]);
  const twins = await imported(text('First name,Owner\nAnn,Sam Lee\nBob,sam2@example.com\n'));
  expect(twins.unread.map(({ row }) => row)).toEqual([2]);
  expect((await contacts()).find((row) => row.first_name === 'Bob')?.owner_id).toBe(ids['sam2@example.com']);
});

test('Pipedrive: people and deals are recognized, with company, person, owner and stage', async () => {
  const ids = await team();
  await imported('pipedrive-people');
  await imported('pipedrive-deals');
  const [carla, noemail, ...others] = await contacts();
  expect(others).toEqual([]);
  expect(noemail?.phones).toMatchObject([{ value: '+41 44 111 22 34', label: 'work' }]);
  expect(carla).toMatchObject({
    emails: [{ value: 'zpip.carla@example.com', label: 'work' }],
    phones: [{ value: '+41 44 111 22 33', label: 'work' }],
    owner_id: ids['admin@example.com'],
  });
  expect(await deals()).toMatchObject([
    {
      ...{ name: 'Zpip big order', amount: 12500, currency: 'EUR', stage: 'demo_scheduled' },
      ...{ expected_close_on: '2026-12-20', owner_id: ids['admin@example.com'], description: null },
      ...{ company_id: carla?.company_id, contact_ids: [carla?.id], closed_at: null },
    },
  ]);
});

test('keeps tags with commas whole, and keeps many tags', async () => {
  await imported('tags');
  const tags = new Map((await contacts()).map((row) => [row.last_name, row.tags]));
  expect(tags.get('Comma')).toEqual(['myContacts', 'Food, fresh', 'VIP']);
  expect(tags.get('Pipe')).toEqual(['a', 'b', 'c']);
  expect(tags.get('Sixty')).toHaveLength(60);
});
