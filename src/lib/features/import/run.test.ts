import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { all } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { watchOutbox } from '$lib/store/test-store';
import type { DuplicateChoice } from './file-kind';
import { kindOf } from './guess-kind';
import { guessColumns } from './guess';
import { readCsv } from './read-csv';
import { ImportRun } from './run.svelte';
import { undoableImports, undoImport } from './undo';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

async function run(
  text: string,
  { duplicates = 'skip', cancelled = false }: { duplicates?: DuplicateChoice; cancelled?: boolean } = {},
) {
  const table = await readCsv(new Blob([text]));
  const one = new ImportRun('people.csv');
  if (cancelled) one.cancel();
  const kind = kindOf(table.headers);
  await one.start(table, guessColumns(table.headers, kind), { kind, duplicates });
  return one;
}
const header = 'First name,Last name,Company,Email\n';
const many = (count: number) =>
  header +
  Array.from({ length: count }, (_, n) => `Ann,No ${n},Company ${n % 7},a${n}@example.com\n`).join('');

test('creates contacts and companies once, in transactions of about a hundred', async () => {
  const transactions = new Set<unknown>();
  watchOutbox((_entry, transaction) => void transactions.add(transaction));
  const done = await run(many(250));
  expect([done.state, done.imported, done.skipped, done.handled]).toEqual(['done', 250, [], 250]);
  const [contacts, companies, batches] = [
    await all('contacts'),
    await all('companies'),
    await all('import_batches'),
  ];
  expect([contacts.length, companies.length, batches.length]).toEqual([250, 7, 1]);
  expect(new Set([...contacts, ...companies].map((row) => row.import_batch_id))).toEqual(
    new Set([batches[0]?.id]),
  );
  const named = new Map(companies.map(({ id, name }) => [id, name]));
  expect(
    contacts.every(
      (row) => named.get(row.company_id ?? '') === `Company ${Number(row.last_name?.slice(3)) % 7}`,
    ),
  ).toBe(true);
  expect(transactions.size).toBe(4);
  expect((await store.db.outbox.toArray()).some((entry) => entry.group_id)).toBe(false);
  expect((await store.db.events.toArray()).map(({ action, entity_type }) => [action, entity_type])).toEqual([
    ['import', 'contacts'],
  ]);
});

test('importing the same file again imports nothing', async () => {
  await run(many(3));
  const again = await run(many(3));
  expect(again.imported).toBe(0);
  expect(again.skipped).toEqual(
    [2, 3, 4].map((row) => ({ row, name: `Ann No ${row - 2}`, reason: 'Already exists.' })),
  );
  expect(await all('contacts')).toHaveLength(3);
  const anyway = await run(many(3), { duplicates: 'create' });
  expect(anyway.imported).toBe(3);
});

test('finds a person by email, or by name and company', async () => {
  await run(`${header}Zoë,Ångström,Bistro Låda,zoe@example.com\n`);
  const again = await run(
    `${header}Other,Name,,ZOE@example.com\nZOË,ÅNGSTRÖM,bistro  låda,new@example.com\nZoë,Ångström,Elsewhere,z@example.com\n`,
  );
  expect(again.skipped.map(({ row }) => row)).toEqual([2, 3]);
  expect(again.imported).toBe(1);
});

test('an existing company is used if its name is the same', async () => {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'companies', id, values: { name: 'Bistro Låda' } }]);
  await run(`${header}Zoë,Ångström,BISTRO LÅDA,zoe@example.com\n`);
  expect((await all('contacts')).map((row) => row.company_id)).toEqual([id]);
  expect(await all('companies')).toHaveLength(1);
});

const fixture = (name: string) => readFileSync(`tests/fixtures/${name}`, 'utf8');

test('names that only look alike stay different companies', async () => {
  await run(fixture('identity-company.csv'));
  expect((await all('companies')).map(({ name, city }) => `${name} ${city ?? ''}`).sort()).toEqual(
    ['कमत Pune', 'कीमत Delhi', 'ハント Kyoto', 'バンド Osaka', 'ホスト Nagoya', 'ポスト Tokyo'].sort(),
  );
});

test('only a person with the same name at the same company exists', async () => {
  await run(fixture('identity-1.csv'));
  const again = await run(fixture('identity-2.csv'));
  expect(again.skipped.map(({ name }) => name)).toEqual(["Sean O'Brien"]);
  expect(again.imported).toBe(5);
});

test('the dot of a legal form does not make a second company', async () => {
  await run(fixture('infile-dups.csv'));
  expect((await all('companies')).map(({ name }) => name)).toEqual(['Zin Co']);
});

test('a row with only a company adds its details to that company', async () => {
  const text = 'First name,Company,Phone,City\nAnn,Acme,1,\n,acme,(312) 555-0142,Chicago\n';
  const done = await run(text);
  expect([done.imported, done.skipped]).toEqual([2, []]);
  const [acme, ...others] = await all('companies');
  expect(others).toEqual([]);
  expect(acme).toMatchObject({ name: 'acme', phone: '(312) 555-0142', city: 'Chicago' });
});

test('a stopped import keeps written rows and names the others', async () => {
  const stopped = await run(many(3), { cancelled: true });
  expect([stopped.state, stopped.imported]).toEqual(['cancelled', 0]);
  expect(stopped.skipped.map(({ row }) => row)).toEqual([2, 3, 4]);
});

test('undoing an import keeps companies that are used since', async () => {
  const done = await run(many(9));
  const [kept] = await all('companies');
  await mutate(store, [
    { op: 'insert', entity: 'deals', id: store.newId(), values: { name: 'x', company_id: kept?.id ?? null } },
  ]);
  expect(await undoableImports()).toHaveLength(1);
  await done.undo();
  expect(await all('contacts')).toEqual([]);
  expect((await all('companies')).map(({ id }) => id)).toEqual([kept?.id]);
  expect(await undoableImports()).toEqual([]);
  const again = await run(many(9));
  expect(again.imported).toBe(9);
  await undoImport('00000000-0000-4000-8000-000000000000');
  expect(await all('contacts')).toHaveLength(9);
});

test('another device can undo an import of deals', async () => {
  const table = await readCsv(new Blob(['Deal name,Company\nMenu,Acme\nOther,Beta\n']));
  const done = new ImportRun('deals.csv');
  await done.start(table, guessColumns(table.headers, 'deals'), { kind: 'deals', duplicates: 'skip' });
  await store.db.meta.where('key').startsWith('import').delete();
  const [batch] = await undoableImports();
  await undoImport(batch?.id ?? '');
  expect([await all('deals'), await all('companies')]).toEqual([[], []]);
});

test('a full disk ends the import with a message and keeps written rows', async () => {
  let entries = 0;
  watchOutbox(() => {
    if (++entries > 150) throw new DOMException('full', 'QuotaExceededError');
  });
  const failed = await run(many(250));
  expect(failed.state).toBe('failed');
  expect(failed.failure).toMatch(/out of space/);
  expect(failed.imported).toBe((await all('contacts')).length);
  expect(failed.imported + failed.skipped.length).toBe(250);
});
