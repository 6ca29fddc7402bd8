import { contactName } from '$lib/entities/contact';
import { currentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { one } from '$lib/store/read';
import { localDate } from '$lib/ui/format-date';
import { saveFile } from '$lib/ui/save-file.svelte';
import { fileNameOf } from './file-name';
import { vcard } from './vcard';

/**
 * Records an export for the activity log, then gives the contacts to the person as one file of vCards. If it cannot
 * record the export, it makes no file.
 * @throws StoreError if the export could not be recorded
 */
export async function exportVcards(ids: string[]): Promise<void> {
  const store = currentStore();
  const cards: string[] = [];
  let name = `contacts-${localDate(store.now())}`;
  for (const id of ids) {
    const contact = await one('contacts', id);
    if (!contact || contact.deleted_at) continue;
    const company = contact.company_id ? await one('companies', contact.company_id) : undefined;
    cards.push(vcard(contact, company?.deleted_at ? null : company?.name));
    if (ids.length === 1) name = fileNameOf(contactName(contact)) || name;
  }
  const entity_id = ids.length === 1 ? (ids[0] ?? null) : null;
  await recordEvent(store, { action: 'export', entity_type: 'contacts', entity_id });
  saveFile(new File(cards, `${name}.vcf`, { type: 'text/vcard;charset=utf-8' }));
}
