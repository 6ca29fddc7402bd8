import { contactName } from '$lib/entities/contact';
import { currentStore } from '$lib/store/current';

/** A record that a note or task is about, as a link. */
export interface About {
  label: string;
  href: string;
}

/** The fields by which notes and tasks refer to their record. */
export interface Referring {
  contact_id: string | null;
  company_id: string | null;
  deal_id: string | null;
}

/** Looks up the records that the rows are about, in three reads for any number of rows. */
export async function aboutOf(rows: Referring[]): Promise<(row: Referring) => About | undefined> {
  const { db } = currentStore();
  const ids = (field: keyof Referring) => [...new Set(rows.flatMap((row) => row[field] ?? []))];
  const [contacts, companies, deals] = await Promise.all([
    db.rows('contacts').bulkGet(ids('contact_id')),
    db.rows('companies').bulkGet(ids('company_id')),
    db.rows('deals').bulkGet(ids('deal_id')),
  ]);
  const abouts = new Map<string, About>();
  for (const row of contacts)
    if (row) abouts.set(row.id, { label: contactName(row), href: `/contacts/${row.id}` });
  for (const row of companies) if (row) abouts.set(row.id, { label: row.name, href: `/companies/${row.id}` });
  for (const row of deals) if (row) abouts.set(row.id, { label: row.name, href: `/deals/${row.id}` });
  return (row) => abouts.get(row.contact_id ?? row.company_id ?? row.deal_id ?? '');
}
