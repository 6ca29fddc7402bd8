import * as z from 'zod/mini';
import type { Company } from '$lib/entities/company';
import type { Problems } from '$lib/shared/forms/check';
import { textShapes, type DraftShape } from '$lib/shared/forms/kept-form';
import { changedTexts, checkPlainFields, textsOf } from '$lib/shared/forms/plain-drafts';
import { joinTags, shown, splitTags, stored } from '$lib/shared/forms/text';
import { companyFields } from '$lib/shared/forms/plain-fields';

const textFields = [
  'name',
  'segment',
  'phone',
  ...companyFields.map(({ field }) => field),
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'description',
] as const;
type TextField = (typeof textFields)[number];

/** The content of the company form. Inputs hold no null. */
export interface CompanyDraft extends Record<TextField, string> {
  priority: string;
  owner_id: string;
  tags: string;
}

export const companyDraftShape: DraftShape<CompanyDraft> = {
  ...textShapes(textFields),
  priority: z.string(),
  owner_id: z.string(),
  tags: z.string(),
};

/** The form for a company, or for a new one. */
export function companyDraft(company?: Partial<Company>): CompanyDraft {
  return {
    ...textsOf(textFields, company),
    priority: shown(company?.priority),
    owner_id: shown(company?.owner_id),
    tags: joinTags(company?.tags ?? []),
  };
}

/** The problems that prevent saving. A link that was there before is not checked. */
export function checkCompany(draft: CompanyDraft, seen?: Company): Problems {
  const problems: Problems = {};
  if (!stored(draft.name)) problems.name = 'Enter the company name.';
  checkPlainFields(companyFields, draft, seen, problems);
  return problems;
}

/**
 * The company's fields that differ between the two drafts, in their stored form. It leaves out fields that nobody
 * edited, so trimming never changes imported values.
 */
export function companyValues(draft: CompanyDraft, begun: CompanyDraft): Partial<Company> {
  const values: Record<string, unknown> = changedTexts(textFields, draft, begun, companyFields);
  if (draft.priority !== begun.priority) values.priority = draft.priority || null;
  if (draft.owner_id !== begun.owner_id) values.owner_id = draft.owner_id || null;
  if (draft.tags !== begun.tags) values.tags = splitTags(draft.tags);
  return values as Partial<Company>;
}
