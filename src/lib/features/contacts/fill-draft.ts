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

type Text = (typeof texts)[number];
type Entries = ContactDraft['emails'];

/**
 * Fills a contact's form from a signature that a person may still be typing or dictating. Each reading replaces the
 * values of the one before, so that no half word stays. It never changes values that a person typed or edited.
 */
export class SignatureFill {
  readonly #draft: ContactDraft;
  readonly #texts = new Map<Text, string>();
  #company = '';
  readonly #entries: Record<'emails' | 'phones', Set<string>> = { emails: new Set(), phones: new Set() };

  constructor(draft: ContactDraft) {
    this.#draft = draft;
  }

  /** @returns the names of the fields that are filled now, like "name" or "2 phone numbers" */
  fill(found: Signature): string[] {
    this.#takeBack();
    const filled = new Set<string>();
    for (const field of texts) {
      const value = found[field];
      if (!value || this.#draft[field].trim()) continue;
      this.#draft[field] = value;
      this.#texts.set(field, value);
      filled.add(wordFor(field));
    }
    if (found.company && !this.#draft.company.text.trim()) {
      this.#draft.company = { id: null, text: found.company };
      this.#company = found.company;
      filled.add('company');
    }
    const emails = this.#add('emails', found.emails);
    const phones = this.#add('phones', found.phones);
    if (emails > 0) filled.add(emails === 1 ? 'email address' : `${emails} email addresses`);
    if (phones > 0) filled.add(phones === 1 ? 'phone number' : `${phones} phone numbers`);
    return [...filled];
  }

  /** Clears the values of the reading before, unless a person has changed them. */
  #takeBack(): void {
    const draft = this.#draft;
    for (const [field, value] of this.#texts) if (draft[field] === value) draft[field] = '';
    this.#texts.clear();
    const { id, text } = draft.company;
    if (this.#company && id === null && text === this.#company) draft.company = { id: null, text: '' };
    this.#company = '';
    for (const list of ['emails', 'phones'] as const) {
      const others = draft[list].filter(({ value }) => !this.#entries[list].has(value));
      // The form always offers one field.
      if (others.length < draft[list].length)
        draft[list] = others.length > 0 ? others : [{ value: '', label: 'work' }];
      this.#entries[list].clear();
    }
  }

  /** Adds new entries and uses the empty field first. */
  #add(list: 'emails' | 'phones', found: Signature['emails']): number {
    const entries: Entries = this.#draft[list];
    const fresh = found.filter(({ value }) => !entries.some((entry) => entry.value.trim() === value));
    for (const { value, label } of fresh) {
      const entry = { value, label: label ?? '' };
      const empty = entries.findIndex((each) => !each.value.trim());
      if (empty < 0) entries.push(entry);
      else entries[empty] = entry;
      this.#entries[list].add(value);
    }
    return fresh.length;
  }
}

function wordFor(field: Text): string {
  if (field === 'first_name' || field === 'last_name') return 'name';
  if (field === 'linkedin_url') return 'LinkedIn';
  return field === 'title' || field === 'department' ? field : 'address';
}
