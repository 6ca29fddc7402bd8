import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { openStore, type Store } from '$lib/store/store';
import { ImportRun } from './run.svelte';
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

const dealNamed = async (name: string) => (await deals()).find((deal) => deal.name === name);

test('amounts keep value and currency, and unreadable ones are listed', async () => {
  const { questions } = await opened('deal-currency');
  expect(questions.amounts?.example).toBe('1.500');
  const { unread } = await imported('deal-currency', { decimals: ',' });
  expect((await deals()).map(({ amount, currency }) => amount !== null && `${amount} ${currency}`)).toEqual([
    ...['1234.56 EUR', '1234.56 GBP', '1234.56 EUR', '1234.5 CHF', '1500 EUR', '1500 EUR', '1234.56 USD'],
    ...[false, '123456.78 INR', '1234.56 BRL', '1234.56 PLN', '1500000 USD', '2500 USD', '2500 USD'],
    ...['1500 USD', '1.25 KWD', '1500 EUR', '1234 EUR', false, '1234.56 EUR'],
  ]);
  expect(unread).toEqual([
    {
      row: 9,
      name: 'Zq paren',
      reason: '“(500)” in Amount is negative, but an amount cannot be negative.',
    },
    {
      row: 20,
      name: 'Zq minus',
      reason: '“-500” in Amount is negative, but an amount cannot be negative.',
    },
  ]);
  expect((await dealNamed('Zq paren'))?.description).toBe('Amount: (500)');
});

test('an amount in an unknown currency gets no other currency', async () => {
  const { unread } = await imported(text('Deal name,Amount,Currency\nCoins,12,Bitcoin\nCrowns,kr 500,\n'));
  expect(unread.map(({ row }) => row)).toEqual([2, 2, 3]);
  expect((await deals()).map(({ amount }) => amount)).toEqual([null, null]);
  expect((await dealNamed('Coins'))?.description).toBe('Amount: 12\nCurrency: Bitcoin');
});

test('the name of a column can name the currency', async () => {
  await imported(text('Deal name,Amount (EUR)\nOne,12\n'));
  expect(await deals()).toMatchObject([{ amount: 12, currency: 'EUR' }]);
});

test('other amounts show what a point means, or the app asks once', async () => {
  const asked = async (...amounts: string[]) =>
    (
      await opened(
        text(`Deal name;Amount;Currency\n${amounts.map((amount) => `x;${amount};EUR\n`).join('')}`),
      )
    ).questions.amounts?.example;
  expect(await asked('1.500', '2.500')).toBe('1.500');
  expect(await asked('1.500', '1.234,56')).toBeUndefined();
  expect(await asked('1.500', '1500.000')).toBeUndefined();
  expect(await asked('1,500', '12.50')).toBeUndefined();
  expect(await asked('1,500', '12,50')).toBe('1,500');
  expect(await asked('1500', '12.50')).toBeUndefined();
});

const local = (day: string) => new Date(day).toISOString();

test('dates are read or listed, and none becomes today', async () => {
  const { questions } = await opened('deal-dates');
  expect(questions.dates).toEqual({ example: '3/4/2026', likely: undefined });
  const { unread } = await imported('deal-dates', { order: 'month' });
  expect((await deals()).map((deal) => [deal.expected_close_on, deal.closed_at])).toEqual([
    ['2026-03-12', local('2026-03-12T12:00')],
    ['2026-03-12', local('2026-03-12T14:30')],
    ['2026-03-13', local('2026-03-13T14:30')],
    ['2026-03-25', local('2026-03-25T12:00')],
    ['2026-03-04', local('2026-03-04T12:00')],
    ['2026-03-25', local('2026-03-25T14:30')],
    ['2026-03-25', local('2026-03-25T12:00')],
    ['2026-03-25', local('2026-03-25T12:00')],
    ['2026-03-25', local('2026-03-25T12:00')],
    ['2026-03-25', local('2026-03-25T23:30')],
    ['2026-12-03', null],
    ['2026-03-25', local('2026-03-25T09:00')],
    [expect.stringMatching(/^2026-03-2[56]$/), '2026-03-25T23:30:00.000Z'],
    ['2026-03-05', local('2026-03-05T09:00')],
    [null, null],
  ]);
  expect(unread).toEqual([
    { row: 12, name: 'Zd dash eu', reason: '“12-03-2026 09:00” in Closed at is in the future.' },
    { row: 16, name: 'Zd leap', reason: '“29.02.2026” in Expected close is a day that does not exist.' },
    { row: 16, name: 'Zd leap', reason: '“29.02.2028” in Closed at is in the future.' },
  ]);
});

test('the order of day and month is asked once, unless the file shows it', async () => {
  const { unread } = await imported(text('Deal name,Close date\nA,3/4/2026\nB,25.3.2026\n'));
  expect(unread).toEqual([
    { row: 2, name: 'A', reason: '“3/4/2026” in Close date could mean two different dates.' },
  ]);
  expect((await dealNamed('A'))?.expected_close_on).toBeNull();
  const { questions } = await opened(text('Deal name,Close date\nA,3/4/2026\nB,3/25/2026\n'));
  expect(questions.dates).toEqual({ example: '3/4/2026', likely: 'month' });
  await imported(text('Deal name,Close date\nC,3/4/2026\n'), { order: 'day' });
  expect((await dealNamed('C'))?.expected_close_on).toBe('2026-04-03');
});

test('a closed deal without a closing time is not a recent win', async () => {
  await imported(text('Deal name,Stage,Closed at\nA,Closed won,soon\nB,Closed won,\n'));
  expect((await deals()).map(({ stage, closed_at }) => [stage, closed_at])).toEqual([
    ['closed_won', null],
    ['closed_won', null],
  ]);
});

test('a deal that a file closes gets no made-up closing time', async () => {
  const file = (stage: string) => text(`Deal name,Stage,Closed at\nA,${stage},soon\n`);
  await imported(file('Demo scheduled'));
  const { table, kind, columns } = await opened(file('Closed won'));
  const run = new ImportRun('again.csv');
  await run.start(table, columns, { kind, duplicates: 'update' });
  expect(await deals()).toMatchObject([{ stage: 'closed_won', closed_at: null }]);
});

test('keeps a name of the maximum length and lists a longer one', async () => {
  await imported('deal-long-emoji');
  expect((await deals())[0]?.name).toMatch(/^d+😀e+$/);
  const { skipped } = await imported(text(`Deal name\n${'d'.repeat(299)}😀\n${'d'.repeat(300)}😀\n`));
  expect(skipped).toMatchObject([{ row: 3, reason: expect.stringContaining('longer than 300') as string }]);
});

test('imports the contact of a deal once', async () => {
  await imported(
    text(
      'Deal - Title,Deal - Organization,Deal - Contact person\nA,Mill,Ann Lee\nB,Mill,Ann Lee\nC,Bay,Ann Lee\n',
    ),
  );
  const people = await contacts();
  expect(people.map(({ last_name }) => last_name)).toEqual(['Lee', 'Lee']);
  expect(new Set((await deals()).flatMap(({ contact_ids }) => contact_ids))).toEqual(
    new Set(people.map(({ id }) => id)),
  );
});

test('a status that says won or lost closes the deal, and open leaves its stage', async () => {
  await imported(
    text(
      'Deal name,Stage,Status\nA,Demo scheduled,Open\nB,Demo scheduled,Won\nC,,Lost\nD,,Awaiting response\n',
    ),
  );
  expect((await deals()).map(({ stage }) => stage)).toEqual([
    ...['demo_scheduled', 'closed_won', 'closed_lost', 'awaiting_response'],
  ]);
});

test('lists the closing time of an open deal and keeps its text', async () => {
  const { unread } = await imported(text('Deal name,Stage,Closed at\nA,Demo scheduled,2026-03-01\n'));
  expect(unread.map(({ row }) => row)).toEqual([2]);
  expect(await deals()).toMatchObject([{ closed_at: null, description: 'Closed at: 2026-03-01' }]);
});

test('uses whichever of the winning and losing times is there', async () => {
  const rows = 'A,Won,2026-03-25 14:30,\nB,Lost,,2026-03-26 10:00\n';
  await imported(text(`Deal - Title,Deal - Status,Deal - Won time,Deal - Lost time\n${rows}`));
  expect((await deals()).map((deal) => [deal.stage, deal.closed_at])).toEqual([
    ['closed_won', local('2026-03-25T14:30')],
    ['closed_lost', local('2026-03-26T10:00')],
  ]);
});
