import { all, one } from '$lib/store/read';
import type { Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import { sameName } from '$lib/ui/identity';

/** What stands in a company field: a company, or a name that is none yet. Nothing typed means none. */
export interface CompanyChoice {
  id: string | null;
  text: string;
}

export const noCompany = (): CompanyChoice => ({ id: null, text: '' });

/** The choice of a company by its id; none where the id is none or this device has no such company. */
export async function companyChoice(id: string | null): Promise<CompanyChoice | undefined> {
  const company = id ? await one('companies', id) : undefined;
  return company && { id: company.id, text: company.name };
}

/**
 * The company a choice stands for. A name that is not the same as any company's becomes a new company: send `edits`
 * in the same group as the record that refers to it.
 */
export async function chooseCompany(
  store: Store,
  choice: CompanyChoice,
): Promise<{ id: string | null; edits: Edit[] }> {
  const name = choice.text.trim();
  if (!name || choice.id) return { id: name ? choice.id : null, edits: [] };
  const known = (await all('companies')).find((company) => sameName(company.name, name));
  if (known) return { id: known.id, edits: [] };
  const id = store.newId();
  return { id, edits: [{ op: 'insert', entity: 'companies', id, values: { name, owner_id: store.userId } }] };
}
