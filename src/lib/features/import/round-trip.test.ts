import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memberRow } from '$lib/entities/test-rows';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { all } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { companyColumns } from '$lib/features/companies/columns';
import { contactColumns } from '$lib/features/contacts/columns';
import { contactList } from '$lib/shared/pickers/contacts';
import { dealColumns } from '$lib/features/deals/columns';
import { dealItems } from '$lib/features/deals/queries';
import { toCsv } from '$lib/shared/export/csv';
import type { DuplicateChoice } from './file-kind';
import { kindOf } from './guess-kind';
import { guessColumns } from './guess';
import { readCsv } from './read-csv';
import { ImportRun } from './run.svelte';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

async function importText(text: string, duplicates: DuplicateChoice) {
  const table = await readCsv(new Blob([text]));
  const kind = kindOf(table.headers);
  const run = new ImportRun('own.csv');
  await run.start(table, guessColumns(table.headers, kind), { kind, duplicates });
  return run;
}

async function fill() {
  const [company, principal, owner] = [store.newId(), store.newId(), store.newId()];
  await store.db
    .rows('members')
    .put(memberRow({ id: owner, email: 'rep@example.com', full_name: 'Robin Vale' }));
  await mutate(store, [
    {
      op: 'insert',
      entity: 'companies',
      id: company,
      values: {
        ...{
          name: 'Bistro Låda, "the" one',
          segment: 'Fine dining',
          priority: 'B',
          phone: '+41 44 668 18 00',
        },
        ...{ website: 'https://lada.example', description: "'=1+1\nline two", owner_id: owner },
        tags: ['vip', 'north'],
      },
    },
    { op: 'insert', entity: 'companies', id: principal, values: { name: '=SUM(A1)' } },
    {
      op: 'insert',
      entity: 'contacts',
      id: store.newId(),
      values: {
        ...{ first_name: 'Zoë Anna', last_name: "-O'Neill", title: 'Chef', company_id: company },
        emails: [
          { value: 'zoe@example.com', label: 'work' },
          { value: 'z@example.com', label: null },
        ],
        phones: [{ value: '0031612345678', label: 'Mobile' }],
        ...{ postal_code: '00123', background: 'Likes: =figs', owner_id: owner, tags: ['vip'] },
      },
    },
    {
      op: 'insert',
      entity: 'deals',
      id: store.newId(),
      values: {
        ...{ name: '+Spring menu', company_id: company, principal_id: principal, stage: 'closed_lost' },
        ...{
          amount: 1200.5,
          currency: 'EUR',
          expected_close_on: '2026-12-01',
          priority: 'A',
          source: 'fair',
        },
        ...{ next_action: 'Call', next_action_on: '2026-11-30', description: 'long\ntext', tags: ['vip'] },
        ...{
          closed_at: '2026-11-20T09:30:00.000Z',
          lost_reason: 'price',
          position: 'a0abcd',
          owner_id: owner,
        },
      },
    },
  ]);
}

const exported = {
  contacts: async () => {
    const items = await contactList();
    return toCsv(
      items,
      contactColumns(items, () => 'Robin Vale'),
    );
  },
  companies: async () =>
    toCsv(
      await all('companies'),
      companyColumns(() => 'Robin Vale'),
    ),
  deals: async () =>
    toCsv(
      await dealItems(),
      dealColumns(() => 'Robin Vale'),
    ),
};

test.each(['contacts', 'companies', 'deals'] as const)(
  'our own export of %s, imported again, changes nothing',
  async (kind) => {
    await fill();
    const before = await store.db.outbox.count();
    for (const choice of ['skip', 'update'] as const) {
      const run = await importText(await exported[kind](), choice);
      expect([run.kind, run.imported, run.failure]).toEqual([kind, 0, undefined]);
      expect(run.skipped.every(({ reason }) => reason.startsWith('Already exists'))).toBe(true);
    }
    expect(await store.db.outbox.count()).toBe(before);
  },
);

test('a deal won in the evening is exported with that day, and imported with the same moment', async () => {
  vi.stubEnv('TZ', 'America/New_York');
  const closed_at = '2025-12-01T02:30:00.120Z';
  const values = { name: 'Menu', stage: 'closed_won', closed_at } as const;
  await mutate(store, [{ op: 'insert', entity: 'deals', id: store.newId(), values }]);
  const csv = await exported.deals();
  expect(csv).toContain('2025-11-30T21:30:00.120-05:00');
  await store.db.rows('deals').clear();
  vi.stubEnv('TZ', 'America/Los_Angeles');
  await importText(csv, 'skip');
  vi.unstubAllEnvs();
  expect((await all('deals')).map((deal) => deal.closed_at)).toEqual([closed_at]);
});

test('our own export of deals makes the same deals on another device, in their order', async () => {
  await fill();
  const csv = await exported.deals();
  const [was] = await all('deals');
  await Promise.all((['contacts', 'companies', 'deals'] as const).map((name) => store.db.rows(name).clear()));
  const run = await importText(csv, 'skip');
  expect([run.imported, run.skipped]).toEqual([1, []]);
  const [deal] = await dealItems();
  expect(deal).toMatchObject({ companyName: 'Bistro Låda, "the" one', principalName: '=SUM(A1)' });
  for (const field of [
    'name',
    'stage',
    'amount',
    'currency',
    'closed_at',
    'lost_reason',
    'tags',
    'owner_id',
  ] as const)
    expect(deal?.deal[field]).toEqual(was?.[field]);
  await run.undo();
  expect([await all('deals'), await all('companies')]).toEqual([[], []]);
});

test('updating adds what a record lacks, replaces what the file says anew, keeps the rest, and can be undone', async () => {
  await fill();
  const [before] = await all('contacts');
  const text =
    'First name,Last name,Title,Email,Phone,Country,Background\nZoë,Neill,,ZOE@example.com,+46 1,Sweden,Met at the fair\n' +
    'Zoë,Neill,Owner,zoe@example.com,+46 2,,\n';
  const run = await importText(text, 'update');
  expect([run.imported, run.skipped]).toEqual([2, []]);
  const [after] = await all('contacts');
  expect(after).toMatchObject({
    ...{ first_name: 'Zoë', title: 'Owner', country: 'Sweden', postal_code: '00123' },
    background: 'Likes: =figs\nMet at the fair',
  });
  expect(after?.phones.map(({ value }) => value)).toEqual(['0031612345678', '+46 1', '+46 2']);
  await run.undo();
  const [undone] = await all('contacts');
  for (const field of ['first_name', 'title', 'country', 'background', 'phones', 'emails'] as const)
    expect(undone?.[field]).toEqual(before?.[field]);
});
