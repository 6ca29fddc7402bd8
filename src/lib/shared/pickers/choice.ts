import { one } from '$lib/store/read';

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
