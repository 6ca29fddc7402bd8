import type { Contact } from '$lib/entities/contact';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { chooseCompany } from '$lib/shared/pickers/choose-company';
import type { Begun } from '$lib/shared/forms/kept-form';
import { checkContact, contactDraft, contactValues, type ContactDraft } from './draft';

/**
 * Saves a contact, and in the same group its company, if that is new.
 * @returns the contact's id
 * @throws StoreError if nothing was stored
 */
export async function saveContact(
  draft: ContactDraft,
  begun?: Begun<ContactDraft, Contact>,
): Promise<string> {
  const store = currentStore();
  const seen = begun?.seen;
  const id = seen?.id ?? store.newId();
  const before = seen ? begun.draft : contactDraft();
  const values = contactValues(draft, before);
  const edits: Edit[] = [];
  if (!same(draft.company, before.company)) {
    const company = await chooseCompany(store, draft.company);
    edits.push(...company.edits);
    values.company_id = company.id;
  }
  edits.push(
    seen
      ? { op: 'update', entity: 'contacts', id, values, seen }
      : { op: 'insert', entity: 'contacts', id, values },
  );
  await mutate(store, edits, { group: true });
  return id;
}

/**
 * Saves one field that a person edits on the page.
 * @returns the problem that prevents saving
 * @throws StoreError if nothing was stored
 */
export async function saveContactField(
  seen: Contact,
  field: keyof ContactDraft,
  text: string,
): Promise<string | undefined> {
  const begun = contactDraft(seen);
  const draft = { ...begun, [field]: text };
  const [problem] = Object.values(checkContact(draft, seen));
  if (!problem) await saveContact(draft, { draft: begun, seen });
  return problem;
}
