import type { Company } from '$lib/entities/company';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Begun } from '$lib/shared/forms/kept-form';
import { checkCompany, companyDraft, companyValues, type CompanyDraft } from './draft';

/**
 * Saves a company.
 * @param begun the form as it was when it opened, and the row it showed; no row means a new company
 * @returns the company's id
 * @throws StoreError if nothing was stored
 */
export async function saveCompany(
  draft: CompanyDraft,
  begun?: Begun<CompanyDraft, Company>,
): Promise<string> {
  const store = currentStore();
  const seen = begun?.seen;
  const id = seen?.id ?? store.newId();
  const values = companyValues(draft, seen ? begun.draft : companyDraft());
  await mutate(store, [
    seen
      ? { op: 'update', entity: 'companies', id, values, seen }
      : { op: 'insert', entity: 'companies', id, values },
  ]);
  return id;
}

/**
 * Saves one field that a person edits on the page.
 * @returns the problem that prevents saving
 * @throws StoreError if nothing was stored
 */
export async function saveCompanyField(
  seen: Company,
  field: keyof CompanyDraft,
  text: string,
): Promise<string | undefined> {
  const begun = companyDraft(seen);
  const draft = { ...begun, [field]: text };
  const [problem] = Object.values(checkCompany(draft, seen));
  if (!problem) await saveCompany(draft, { draft: begun, seen });
  return problem;
}
