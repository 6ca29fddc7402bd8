import type { Company } from '$lib/entities/company';
import { perStore } from '$lib/store/current';
import { all, firstByKey } from '$lib/store/read';
import { NameOrder, uniqueNameKey } from '$lib/shared/lists/name-order';

const order = perStore(() => new NameOrder<Company>(({ id, name }) => uniqueNameKey(name, id)));

/** All living companies, sorted by name. */
export async function companyList(): Promise<Company[]> {
  return order().ofMany(await all('companies'));
}

/** The first companies of that list, at most `count`; `undefined` if all rows must be read to know them. */
export const firstCompanies = (count: number): Promise<Company[] | undefined> =>
  firstByKey('companies', count);
