import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBackend, type Backend } from '../backend-app.ts';
import { call, remove, signIn, temporaryFolder } from '../harness.ts';
import { accounts, rep } from './accounts.ts';
import { Calendar } from './calendar.ts';
import { makeRows, plant } from './plant.ts';

const now = new Date(2026, 4, 20, 15, 30);
const rows = makeRows('demo', new Calendar(now));
const STAGES = 8;

describe('the demo data', () => {
  test('have the right size', () => {
    expect(rows.companies).toHaveLength(80);
    expect(rows.contacts).toHaveLength(500);
    expect(rows.deals).toHaveLength(120);
    expect(rows.companies.filter(({ segment }) => segment === 'Principal')).toHaveLength(8);
  });

  test('are the same every time, shifted to the seeding day', () => {
    expect(makeRows('demo', new Calendar(now))).toEqual(rows);
    const later = makeRows('demo', new Calendar(new Date(2026, 4, 21, 15, 30)));
    expect(later.tasks.map(({ id, title }) => [id, title])).toEqual(
      rows.tasks.map(({ id, title }) => [id, title]),
    );
    expect(later.tasks.map(({ due_on }) => due_on)).not.toEqual(rows.tasks.map(({ due_on }) => due_on));
  });

  test('fill every stage of the board, in distinct positions', () => {
    const stages = new Set(rows.deals.map(({ stage }) => stage));
    expect(stages.size).toBe(STAGES);
    for (const stage of stages) {
      const positions = rows.deals.filter((deal) => deal.stage === stage).map(({ position }) => position);
      expect(new Set(positions).size).toBe(positions.length);
      expect(positions).toEqual([...positions].sort());
    }
  });

  test('give the rep tasks due today, overdue, later and done', () => {
    const today = new Calendar(now).date(0);
    const mine = rows.tasks.filter(({ assignee_id }) => assignee_id === rep.id);
    const open = mine.filter(({ done_at }) => done_at === null);
    expect(open.filter(({ due_on }) => due_on === today).length).toBeGreaterThan(0);
    expect(open.filter(({ due_on }) => due_on !== null && due_on < today).length).toBeGreaterThan(0);
    expect(open.filter(({ due_on }) => due_on !== null && due_on > today).length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(mine.length);
  });

  test('use only example.com addresses and 555 numbers', () => {
    const addresses = rows.contacts.flatMap(({ emails }) => emails.map(({ value }) => value));
    expect(addresses.filter((value) => !/^[a-z0-9.]+@([a-z0-9-]+\.)?example\.com$/.test(value))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
    const numbers = [
      ...rows.companies.map(({ phone }) => phone),
      ...rows.contacts.flatMap(({ phones }) => phones.map(({ value }) => value)),
    ];
    expect(numbers.filter((value) => !/^\(\d{3}\) 555-01\d\d$/.test(value))).toEqual([]);
  });

  test('contain no event before its record or in the future', () => {
    const made = new Map([...rows.contacts, ...rows.deals].map(({ id, created_at }) => [id, created_at]));
    for (const note of rows.notes) {
      expect(note.occurred_at <= now.toISOString()).toBe(true);
      expect(note.occurred_at >= (made.get(note.deal_id ?? note.contact_id) ?? '9')).toBe(true);
    }
    const closed = rows.deals.filter(({ closed_at }) => closed_at !== null);
    expect(closed.length).toBeGreaterThan(0);
    for (const deal of closed) expect(deal.closed_at && deal.closed_at > deal.created_at).toBe(true);
  });
});

test('the large data set has the right size', () => {
  const large = makeRows('large', new Calendar(now));
  expect(large.contacts).toHaveLength(50_000);
  expect(large.companies).toHaveLength(10_000);
  expect(large.deals).toHaveLength(10_000);
  expect(new Set(large.companies.map(({ name }) => name)).size).toBe(10_000);
});

describe('planted', () => {
  let folder: string;
  let backend: Backend;
  beforeAll(async () => {
    folder = temporaryFolder();
    backend = await createBackend({ dataDir: folder });
  });
  afterAll(async () => {
    await backend.close();
    remove(folder);
  });

  const count = async (table: string) => {
    const [row] = await backend.database.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return row?.n;
  };

  test('stores attributed data and logs only what people did', async () => {
    expect(await count('public.contacts')).toBe(500);
    expect(await count('public.contacts where created_by is null')).toBe(0);
    expect(await count('public.activity_logs')).toBe(0);
  });

  test('seeding again changes nothing', async () => {
    await plant(backend.database, 'large');
    expect(await count('public.contacts')).toBe(500);
  });

  test('turns the log of inserts on again', async () => {
    await backend.database.query(
      "insert into public.companies (id, name) values ('01900000-0002-7000-8000-0000000fffff', 'Logged')",
    );
    expect(await count("public.activity_logs where action = 'create'")).toBe(1);
  });

  test.each(accounts)('$email signs in', async ({ email, id }) => {
    const { status, body } = await signIn(backend, email);
    expect(status).toBe(200);
    expect(body.user.id).toBe(id);
  });
});

test('without a seed, only the first sign-up needs no invitation', async () => {
  const folder = temporaryFolder();
  const backend = await createBackend({ dataDir: folder, seed: 'none' });
  try {
    const signUp = (email: string) =>
      call(backend, '/auth/v1/signup', {
        body: { email, password: 'long-enough', data: { full_name: 'Fay First' } },
      });
    expect(backend.accounts).toEqual([]);
    expect((await signUp('first@example.com')).status).toBe(200);
    expect((await signUp('second@example.com')).status).toBeGreaterThanOrEqual(400);
    expect(await backend.database.query('select email, full_name, role from public.members')).toEqual([
      { email: 'first@example.com', full_name: 'Fay First', role: 'admin' },
    ]);
  } finally {
    await backend.close();
    remove(folder);
  }
});
