import type { ContactDraft } from './draft';
import type { Signature } from './signature';

const texts = [
  'first_name',
  'last_name',
  'title',
  'department',
  'linkedin_url',
  'street',
  'postal_code',
  'city',
  'region',
] as const;

/**
 * Fills what is still empty in a contact's form with what a signature says; what a person typed stays.
 * @returns the words for what was filled, "name", "2 phone numbers"; none where nothing was
 */
export function fillDraft(draft: ContactDraft, found: Signature): string[] {
  const filled = new Set<string>();
  for (const field of texts) {
    const value = found[field];
    if (!value || draft[field].trim()) continue;
    draft[field] = value;
    filled.add(wordFor(field));
  }
  if (found.company && !draft.company.text.trim()) {
    draft.company = { id: null, text: found.company };
    filled.add('company');
  }
  const emails = add(draft.emails, found.emails);
  const phones = add(draft.phones, found.phones);
  if (emails > 0) filled.add(emails === 1 ? 'e-mail' : `${emails} e-mails`);
  if (phones > 0) filled.add(phones === 1 ? 'phone number' : `${phones} phone numbers`);
  return [...filled];
}

function wordFor(field: (typeof texts)[number]): string {
  if (field === 'first_name' || field === 'last_name') return 'name';
  if (field === 'linkedin_url') return 'LinkedIn';
  return field === 'title' || field === 'department' ? field : 'address';
}

/** Adds entries that are not there yet, into the empty field first. */
function add(entries: ContactDraft['emails'], found: Signature['emails']): number {
  const fresh = found.filter(({ value }) => !entries.some((entry) => entry.value.trim() === value));
  for (const { value, label } of fresh) {
    const entry = { value, label: label ?? '' };
    const empty = entries.findIndex((each) => !each.value.trim());
    if (empty < 0) entries.push(entry);
    else entries[empty] = entry;
  }
  return fresh.length;
}
