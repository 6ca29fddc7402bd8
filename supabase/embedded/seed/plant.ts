import type { Database, Query } from '../database.ts';
import { accounts, insertAccounts, type Account } from './accounts.ts';
import { Calendar } from './calendar.ts';
import { makeCompanies } from './companies.ts';
import { makeContacts } from './contacts.ts';
import { makeDeals } from './deals.ts';
import { insert } from './insert.ts';
import { makeNotes } from './notes.ts';
import { Random } from './random.ts';
import { makeTasks } from './tasks.ts';

const sizes = {
  demo: { companies: 80, contacts: 500, deals: 120, notes: 420, tasks: 110 },
  large: { companies: 10_000, contacts: 50_000, deals: 10_000, notes: 5_000, tasks: 500 },
};
const SEED = 20_260_101;
const TEAM_AGE_DAYS = 720;

/** The data for a new database: none, a small team's, or a large team's. */
export type Seed = 'none' | keyof typeof sizes;

/**
 * Fills a database that has no members, all or nothing; leaves any other unchanged. With `none`, the first person who
 * signs up becomes the admin. The data are the same every time, with dates relative to `now`.
 */
export async function plant(database: Database, seed: Seed, now = new Date()): Promise<void> {
  if (!(await isEmpty(database.query))) return;
  await database.transaction(async (query) => {
    if (seed === 'none') {
      await query("update private.settings set value = 'true' where name = 'first_signup_becomes_admin'");
      return;
    }
    const calendar = new Calendar(now);
    const rows = makeRows(seed, calendar);
    await withoutLog(query, ['members', ...Object.keys(rows)], async () => {
      await insertAccounts(query, calendar.time(-TEAM_AGE_DAYS, 9));
      for (const [table, tableRows] of Object.entries(rows))
        await insert(query, `public.${table}`, tableRows);
    });
  });
}

/** The rows of a seed by table; each table references only those before it. */
export function makeRows(seed: keyof typeof sizes, calendar: Calendar) {
  const random = new Random(SEED);
  const size = sizes[seed];
  const companies = makeCompanies(random, calendar, size.companies);
  const contacts = makeContacts(random, calendar, companies, size.contacts);
  const deals = makeDeals(random, calendar, companies, contacts, size.deals);
  const notes = makeNotes(random, calendar, contacts, deals, size.notes);
  const tasks = makeTasks(random, calendar, contacts, deals, size.tasks);
  return { companies, contacts, deals, notes, tasks };
}

/** The demo accounts that exist in a database. */
export async function accountsIn(database: Database): Promise<Account[]> {
  const found = await database.query<{ id: string }>(
    'select id from public.members where id = any($1::uuid[])',
    [`{${accounts.map(({ id }) => id).join(',')}}`],
  );
  const ids = new Set(found.map(({ id }) => id));
  return accounts.filter(({ id }) => ids.has(id));
}

async function isEmpty(query: Query): Promise<boolean> {
  const [row] = await query<{ empty: boolean }>(
    `select not exists (select from public.members)
       and private.setting('first_signup_becomes_admin') is distinct from 'true' as empty`,
  );
  return row?.empty ?? false;
}

/**
 * The log records what people did, and no person entered the demo data, so this transaction turns the log of inserts
 * off. Every other trigger and constraint stays on.
 */
async function withoutLog(query: Query, tables: readonly string[], job: () => Promise<void>): Promise<void> {
  for (const table of tables) await query(`alter table public.${table} disable trigger log_inserts`);
  await job();
  for (const table of tables) await query(`alter table public.${table} enable trigger log_inserts`);
}
