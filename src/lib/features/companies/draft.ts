import * as z from 'zod/mini';
import type { Company } from '$lib/entities/company';
import { checkLinks, webAddress, type Problems } from '../forms/check';
import { textShapes, type DraftShape } from '../forms/kept-form';
import { joinTags, shown, splitTags, stored } from '../forms/text';

const textFields = [
  'name',
  'segment',
  'phone',
  'website',
  'linkedin_url',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'description',
] as const;
type TextField = (typeof textFields)[number];
const links = ['website', 'linkedin_url'] as const;
const isLink = (field: string) => links.some((link) => link === field);

/** A company as its form holds it; nothing is null in an input. */
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

/** The form of a company as it is, or of a new one. */
export function companyDraft(company?: Partial<Company>): CompanyDraft {
  return {
    ...(Object.fromEntries(textFields.map((field) => [field, shown(company?.[field])])) as Record<
      TextField,
      string
    >),
    priority: shown(company?.priority),
    owner_id: shown(company?.owner_id),
    tags: joinTags(company?.tags ?? []),
  };
}

/** What keeps a draft from being saved. A link that stood there before is not questioned. */
export function checkCompany(draft: CompanyDraft, seen?: Company): Problems {
  const problems: Problems = {};
  if (!stored(draft.name)) problems.name = 'Enter the company name.';
  checkLinks(
    draft,
    links.filter((field) => draft[field] !== shown(seen?.[field])),
    problems,
  );
  return problems;
}

/**
 * The company's fields that differ between the two drafts, as they are stored. Fields nobody touched
 * are left out, so that trimming never edits what an import brought.
 */
export function companyValues(draft: CompanyDraft, begun: CompanyDraft): Partial<Company> {
  const values: Record<string, unknown> = {};
  for (const field of textFields)
    if (draft[field] !== begun[field])
      values[field] = (isLink(field) && webAddress(draft[field])) || stored(draft[field]);
  if (draft.priority !== begun.priority) values.priority = draft.priority || null;
  if (draft.owner_id !== begun.owner_id) values.owner_id = draft.owner_id || null;
  if (draft.tags !== begun.tags) values.tags = splitTags(draft.tags);
  return values as Partial<Company>;
}
