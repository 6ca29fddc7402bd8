import type { Database, Query } from '../../../supabase/embedded/database';
import { insertAccounts } from '../../../supabase/embedded/seed/accounts';
import { Calendar } from '../../../supabase/embedded/seed/calendar';
import { makeCompanies } from '../../../supabase/embedded/seed/companies';
import { makeContacts } from '../../../supabase/embedded/seed/contacts';
import { insert } from '../../../supabase/embedded/seed/insert';
import { Random } from '../../../supabase/embedded/seed/random';

const companiesCount = 80;

/**
 * Seeds the demo accounts and the requested number of contacts, in the product's table and in that of the compared
 * clients.
 */
export async function fill(database: Database, contacts: number): Promise<void> {
  const random = new Random(7);
  const calendar = new Calendar(new Date());
  const companies = makeCompanies(random, calendar, companiesCount);
  const rows = makeContacts(random, calendar, companies, contacts);
  await database.transaction(async (query) => {
    await unlogged(query, ['members', 'companies', 'contacts'], async () => {
      await insertAccounts(query, calendar.time(-720, 9));
      await insert(query, 'public.companies', companies);
      await insert(query, 'public.contacts', rows);
    });
    await query(
      `insert into bench.contacts select id, first_name, last_name, title, department, company_id,
         emails #>> '{0,value}', phones #>> '{0,value}', linkedin_url, street, city, region, postal_code, country, background, owner_id,
         array_to_string(tags, ','), created_by from public.contacts`,
    );
  });
  await database.script('analyze');
}

/** The log records what people did, and no person entered these rows. */
async function unlogged(query: Query, tables: string[], job: () => Promise<void>): Promise<void> {
  for (const table of tables) await query(`alter table public.${table} disable trigger log_inserts`);
  await job();
  for (const table of tables) await query(`alter table public.${table} enable trigger log_inserts`);
}
