import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { companyChoice } from '$lib/shared/pickers/choice';
import { chooseCompany } from '$lib/shared/pickers/choose-company';
import { checkCompany, companyDraft, type CompanyDraft } from './draft';
import { remove } from '$lib/shared/records/deleted';
import { saveCompany } from './mutations';
import { filterCompanies } from './filter';
import { companyList, firstCompanies } from '$lib/shared/pickers/companies';
import { companyCounts, companyRecord } from './queries';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const save = (values: Partial<CompanyDraft>) => saveCompany({ ...companyDraft(), ...values });
const insert = async (entity: 'contacts' | 'deals', values: object): Promise<string> => {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity, id, values }]);
  return id;
};

test('a company needs a name, and its links must lead to the web', () => {
  expect(checkCompany({ ...companyDraft(), name: ' ' })).toHaveProperty('name');
  expect(checkCompany({ ...companyDraft(), name: 'Casa', website: 'javascript:alert(1)' })).toHaveProperty(
    'website',
  );
  expect(checkCompany({ ...companyDraft(), name: 'Casa', website: 'www.example.com' })).toEqual({});
});

test('stores a web address in the form that the server accepts', async () => {
  const id = await save({ name: ' Casa Verde ', website: 'www.example.com' });
  expect(await one('companies', id)).toMatchObject({
    name: 'Casa Verde',
    website: 'https://www.example.com',
  });
});

test('shows people and deals once, including deals as principal', async () => {
  const id = await save({ name: 'Casa Verde' });
  const person = await insert('contacts', { last_name: 'Silva', company_id: id });
  const bought = await insert('deals', { name: 'Menu', company_id: id });
  const own = await insert('deals', { name: 'House brand', company_id: id, principal_id: id });
  const sold = await insert('deals', { name: 'Trial', principal_id: id, stage: 'closed_won' });
  const record = await companyRecord(id);
  expect(record?.people.map((row) => row.id)).toEqual([person]);
  expect(new Set(record?.deals.map((row) => row.id))).toEqual(new Set([bought, own, sold]));
  expect(record?.deals).toHaveLength(3);
  expect((await companyCounts()).get(id)).toEqual({ people: 1, openDeals: 2 });
  expect((await companyCounts([id])).get(id)).toEqual({ people: 1, openDeals: 2 });
});

test('the first screen is the beginning of the list', async () => {
  for (const name of ['Nordlys', 'ärlig', '3 Fires', 'Årsta', 'Zin', 'nordlys']) await save({ name });
  const list = await companyList();
  expect(list.map(({ name }) => name)).toEqual(['ärlig', 'Årsta', 'Nordlys', 'nordlys', 'Zin', '3 Fires']);
  expect(await firstCompanies(4)).toEqual(list.slice(0, 4));
});

test('the filter finds a company by city, tag and phone digits', async () => {
  await save({ name: 'Casa Verde', city: 'Zürich', tags: 'wine', phone: '+41 44 668 18 00' });
  await save({ name: 'Nordlys', city: 'Bergen' });
  const companies = await companyList();
  const found = (text: string) => filterCompanies(companies, { text }).map(({ name }) => name);
  expect(found('zurich wine')).toEqual(['Casa Verde']);
  expect(found('044 668')).toEqual(['Casa Verde']);
  expect(found('nord')).toEqual(['Nordlys']);
});

test('a deleted company is not chosen again by its name', async () => {
  const id = await save({ name: 'Casa Verde' });
  await remove('companies', id);
  const { id: chosen, edits } = await chooseCompany(store, { id: null, text: 'Casa Verde' });
  expect(chosen).not.toBe(id);
  expect(edits).toHaveLength(1);
});

test('a name with other letters is a new company, another spelling is not', async () => {
  const band = await save({ name: 'バンド' });
  const brien = await save({ name: 'O’Brien Foods Inc.' });
  const chosen = async (text: string) => (await chooseCompany(store, { id: null, text })).id;
  expect(await chosen('ハント')).not.toBe(band);
  expect(await chosen('バンド')).toBe(band);
  expect(await chosen("o'brien foods inc")).toBe(brien);
});

test('an emptied company field means no company', async () => {
  const id = await save({ name: 'Casa Verde' });
  expect(await chooseCompany(store, { id, text: '' })).toEqual({ id: null, edits: [] });
  expect(await companyChoice(id)).toEqual({ id, text: 'Casa Verde' });
  expect(await companyChoice(null)).toBeUndefined();
});
