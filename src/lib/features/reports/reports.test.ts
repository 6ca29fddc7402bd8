import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import { memberRow } from '$lib/entities/test-rows';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { openStore, type Store } from '$lib/store/store';
import { reportLines } from './columns';
import { reports, weekOf } from './reports';
import { monday } from './week';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const deal = (values: Partial<Deal>) =>
  mutate(store, [
    { op: 'insert', entity: 'deals', id: store.newId(), values: { name: 'x', currency: 'EUR', ...values } },
  ]);

test('counts open deals by stage, month and principal, and no closed or archived ones', async () => {
  const principal_id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'companies', id: principal_id, values: { name: 'Larder' } }]);
  await deal({ amount: 1000, principal_id, expected_close_on: '2026-12-31' });
  await deal({ amount: 500, principal_id, expected_close_on: '2026-11-02', stage: 'demo_scheduled' });
  await deal({ stage: 'closed_won', amount: 9000 });
  await deal({ archived_at: '2026-11-01T00:00:00Z' });
  await deal({});
  const { byStage, byMonth, byPrincipal } = await reports(new Date());
  expect(byStage.map(({ label, count }) => [label, count])).toEqual([
    ['New lead', 2],
    ['Initial outreach', 0],
    ['Sample visit offered', 0],
    ['Awaiting response', 0],
    ['Feedback logged', 0],
    ['Demo scheduled', 1],
  ]);
  expect(byMonth.map(({ label, count }) => [label, count])).toEqual([
    ['Nov 2026', 1],
    ['Dec 2026', 1],
    ['No date', 1],
  ]);
  expect(byPrincipal).toEqual([
    {
      id: principal_id,
      label: 'Larder',
      count: 2,
      total: '€1.5K',
      parts: [{ currency: 'EUR', count: 2, sum: 1500 }],
    },
    { id: '', label: 'No principal', count: 1, total: '', parts: [{ currency: '', count: 1, sum: null }] },
  ]);
});

test('the file has the exact total of each currency and counts each deal once', async () => {
  await deal({ amount: 0.1 });
  await deal({ amount: 0.2 });
  await deal({ amount: 40, currency: 'USD' });
  await deal({});
  const lines = reportLines(await reports(new Date()));
  const leads = lines.filter(({ report, label }) => report === 'Pipeline by stage' && label === 'New lead');
  expect(leads.map(({ currency, count, sum }) => [currency, count, sum]).sort()).toEqual([
    ['', 1, null],
    ['EUR', 2, 0.3],
    ['USD', 1, 40],
  ]);
  expect(lines.find(({ label }) => label === 'Demo scheduled')).toMatchObject({ count: 0, sum: null });
});

test('two principals with one name are two rows, and so are two people', async () => {
  const [first, second] = [store.newId(), store.newId()];
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: first, values: { name: 'Larder' } },
    { op: 'insert', entity: 'companies', id: second, values: { name: 'Larder' } },
  ]);
  const team = ['sam1@example.com', 'sam2@example.com'].map((email) =>
    memberRow({ full_name: 'Sam Lee', email }),
  );
  await store.db.rows('members').bulkPut(team);
  for (const { id: author_id } of team)
    await mutate(store, [
      { op: 'insert', entity: 'notes', id: store.newId(), values: { body: 'x', author_id } },
    ]);
  await deal({ principal_id: first });
  await deal({ principal_id: second });
  const { byPrincipal, week } = await reports(new Date());
  expect(byPrincipal.map(({ id, label }) => [id, label])).toEqual([
    [first, 'Larder'],
    [second, 'Larder'],
  ]);
  expect(week.map(({ id }) => id).sort()).toEqual(team.map(({ id }) => id).sort());
  expect(week.map(({ name }) => name).sort()).toEqual([
    'Sam Lee, sam1@example.com',
    'Sam Lee, sam2@example.com',
  ]);
});

test('the week begins on Monday at midnight, also on a Sunday', () => {
  expect(monday(new Date(2026, 10, 22, 15))).toEqual(new Date(2026, 10, 16));
  expect(monday(new Date(2026, 10, 23, 0, 1))).toEqual(new Date(2026, 10, 23));
});

test("counts only this week's notes and completed tasks of a rep", () => {
  const from = new Date('2026-11-16T00:00:00Z');
  const note = (author_id: string, kind: 'call' | 'note', occurred_at: string) => ({
    author_id,
    kind,
    occurred_at,
  });
  const task = { assignee_id: 'ann', updated_by: 'bo', done_at: '2026-11-18T00:00:00Z' };
  const notes = [
    note('ann', 'call', '2026-11-17T08:00:00Z'),
    note('ann', 'call', '2026-11-15T08:00:00Z'),
    note('bo', 'note', '2026-11-17T08:00:00Z'),
  ];
  expect(weekOf(notes, [task, { ...task, done_at: null }], from)).toEqual([
    ['ann', [0, 1, 0, 0, 0, 0, 1]],
    ['bo', [1, 0, 0, 0, 0, 0, 0]],
  ]);
});

test('what is dated after the week does not count in it, also if the clocks change', () => {
  vi.stubEnv('TZ', 'America/New_York');
  onTestFinished(() => void vi.unstubAllEnvs());
  const note = (occurred_at: Date) => ({
    author_id: 'ann',
    kind: 'call' as const,
    occurred_at: occurred_at.toISOString(),
  });
  const from = new Date(2026, 9, 26);
  const lastMinute = new Date(2026, 10, 1, 23, 59);
  const nextMonday = new Date(2026, 10, 2);
  expect(weekOf([note(lastMinute), note(nextMonday)], [], from)).toEqual([['ann', [0, 1, 0, 0, 0, 0, 0]]]);
  expect(weekOf([note(new Date('2099-01-01T00:00:00Z'))], [], from)).toEqual([]);
});
