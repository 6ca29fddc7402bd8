import * as z from 'zod/mini';
import type { Contact } from '$lib/entities/contact';
import type { Labelled } from '$lib/entities/fields';
import { same } from '$lib/entities/same';
import { noCompany, type CompanyChoice } from '$lib/shared/pickers/choice';
import { companyChoiceShape } from '$lib/shared/pickers/choice-shape';
import { bareEmail, isEmailAddress, type Problems } from '$lib/shared/forms/check';
import { textShapes, type DraftShape } from '$lib/shared/forms/kept-form';
import { changedTexts, checkPlainFields, textsOf } from '$lib/shared/forms/plain-drafts';
import { joinTags, shown, splitTags, stored } from '$lib/shared/forms/text';
import { contactFields } from '$lib/shared/forms/plain-fields';

const textFields = [
  'first_name',
  'last_name',
  'title',
  ...contactFields.map(({ field }) => field),
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'background',
] as const;
type TextField = (typeof textFields)[number];

/** The content of the contact form. Inputs hold no null. */
export interface ContactDraft extends Record<TextField, string> {
  emails: { value: string; label: string }[];
  phones: { value: string; label: string }[];
  company: CompanyChoice;
  owner_id: string;
  tags: string;
}

const entriesShape = z.array(z.object({ value: z.string(), label: z._default(z.string(), '') }));
export const contactDraftShape: DraftShape<ContactDraft> = {
  ...textShapes(textFields),
  emails: entriesShape,
  phones: entriesShape,
  company: companyChoiceShape,
  owner_id: z.string(),
  tags: z.string(),
};

/** The form for a contact, or for a new one. It always has an email field and a phone field. */
export function contactDraft(contact?: Partial<Contact>, company: CompanyChoice = noCompany()): ContactDraft {
  const entries = (list: Labelled[] = []) =>
    (list.length > 0 ? list : [{ value: '', label: 'work' }]).map(({ value, label }) => ({
      value,
      label: shown(label),
    }));
  return {
    ...textsOf(textFields, contact),
    emails: entries(contact?.emails),
    phones: entries(contact?.phones),
    company,
    owner_id: shown(contact?.owner_id),
    tags: joinTags(contact?.tags ?? []),
  };
}

/** The problems that prevent saving. Addresses that the contact already had are not checked. */
export function checkContact(draft: ContactDraft, seen?: Contact): Problems {
  const problems: Problems = {};
  if (!stored(draft.first_name) && !stored(draft.last_name))
    problems.first_name = 'Enter a first name or a last name.';
  const known = new Set(seen?.emails.map(({ value }) => value));
  draft.emails.forEach(({ value }, index) => {
    const typed = bareEmail(value);
    if (value.trim() && !known.has(value) && !isEmailAddress(typed))
      problems[`emails.${index}`] = 'Enter a valid email address, like name@example.com.';
  });
  checkPlainFields(contactFields, draft, seen, problems);
  return problems;
}

/**
 * The contact's fields that differ between the two drafts, in their stored form. It leaves out fields that nobody
 * edited, so trimming never changes imported values. The company is handled separately.
 */
export function contactValues(draft: ContactDraft, begun: ContactDraft): Partial<Contact> {
  const values: Partial<Contact> = changedTexts(textFields, draft, begun, contactFields);
  for (const field of ['emails', 'phones'] as const)
    if (!same(draft[field], begun[field])) {
      const kept = new Set(begun[field].map(({ value }) => value));
      const bare = (text: string) => (field === 'emails' && !kept.has(text) ? bareEmail(text) : text.trim());
      values[field] = storedEntries(draft[field], bare);
    }
  if (draft.owner_id !== begun.owner_id) values.owner_id = draft.owner_id || null;
  if (draft.tags !== begun.tags) values.tags = splitTags(draft.tags);
  return values;
}

/** Removes empty entries. If two entries have the same value, the first stays. */
function storedEntries(
  entries: { value: string; label: string }[],
  bare: (text: string) => string,
): Labelled[] {
  const byValue = new Map<string, Labelled>();
  for (const entry of entries) {
    const value = bare(entry.value);
    if (value && !byValue.has(value)) byValue.set(value, { value, label: stored(entry.label) });
  }
  return [...byValue.values()];
}
