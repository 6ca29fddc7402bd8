import { one } from '$lib/store/read';

/** The content of a company field: a company, or a name that is not a company yet. Empty text means no company. */
export interface CompanyChoice {
  id: string | null;
  text: string;
}

export const noCompany = (): CompanyChoice => ({ id: null, text: '' });

/** The choice of a company by its id; no company if the id is null or this device does not have it. */
export async function companyChoice(id: string | null): Promise<CompanyChoice | undefined> {
  const company = id ? await one('companies', id) : undefined;
  return company && { id: company.id, text: company.name };
}
