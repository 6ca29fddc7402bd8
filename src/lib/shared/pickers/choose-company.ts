import type { Edit } from '$lib/entities/mutation';
import { all } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { sameName } from '$lib/ui/identity';
import type { CompanyChoice } from './choice';

/**
 * The company that a choice means. If no company has the same name, a new one is made: send `edits` in the same group
 * as the record that refers to it.
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
