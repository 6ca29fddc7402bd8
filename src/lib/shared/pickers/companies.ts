import type { Company } from '$lib/entities/company';
import { perStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { NameOrder, uniqueNameKey } from '$lib/shared/lists/name-order';

const order = perStore(() => new NameOrder<Company>(({ id, name }) => uniqueNameKey(name, id)));

/** All living companies, sorted by name. */
export async function companyList(): Promise<Company[]> {
  return order().of(await all('companies'));
}
