import { contactName, type Contact } from '$lib/entities/contact';
import { recordName } from '$lib/shared/records/record-name';
import type { Row } from '$lib/entities/registry';
import type { Mergeable } from '$lib/store/merge-records';
import { all, one } from '$lib/store/read';

/** The records with these ids that are not deleted, in the order of the ids, and the names of their companies. */
export async function mergeCandidates<E extends Mergeable>(
  entity: E,
  ids: string[],
): Promise<{ rows: Row<E>[]; companyNames: Map<string, string> }> {
  const found = await Promise.all(ids.map((id) => one(entity, id)));
  const rows = found.filter((row) => row !== undefined).filter((row) => row.deleted_at === null);
  const companyNames = new Map<string, string>();
  for (const row of rows) {
    const id = (row as Partial<Contact>).company_id;
    const company = id ? await one('companies', id) : undefined;
    if (company) companyNames.set(company.id, company.name);
  }
  return { rows: rows as Row<E>[], companyNames };
}

/** All records that a record could be merged with, by name. */
export async function mergePartners(
  entity: Mergeable,
): Promise<{ value: string; label: string; hint?: string | undefined }[]> {
  if (entity === 'companies')
    return (await all('companies')).map(({ id, name, city }) => ({
      value: id,
      label: name,
      hint: city ?? undefined,
    }));
  return (await all('contacts')).map((contact) => ({
    value: contact.id,
    label: contactName(contact) || recordName('contacts', contact),
    hint: contact.emails[0]?.value,
  }));
}
