import { recordName } from '$lib/shared/records/record-name';
import type { EntityName, Row } from '$lib/entities/registry';
import { all } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { Merges, type Part } from './merges';

type Imported = 'deals' | 'contacts' | 'companies';

/** A record that undoing an import keeps. */
export interface Left {
  entity: EntityName;
  id: string;
  name: string;
  /** A sentence. */
  why: string;
}

export interface UndoPlan {
  /** The records to delete. */
  removed: string[];
  /** The records to delete whose merged older records come back. */
  replaced: { id: string; parts: Part[] }[];
  left: Left[];
}

/** Decides what happens to each existing record of an entity that an import created. */
export async function planUndo(store: Store, entity: Imported, batchId: string): Promise<UndoPlan> {
  const plan: UndoPlan = { removed: [], replaced: [], left: [] };
  const made = (await all(entity)).filter((row) => row.import_batch_id === batchId);
  if (made.length === 0) return plan;
  const [merges, uses] = await Promise.all([Merges.on(store), usesOf(entity)]);
  for (const row of made) {
    const parts = merges.partsOf(entity, row.id).filter((part) => part.row.import_batch_id !== batchId);
    const why = reasonToStay(row, parts, merges, uses);
    if (why) plan.left.push({ entity, id: row.id, name: recordName(entity, row), why });
    else if (parts.length > 0) plan.replaced.push({ id: row.id, parts });
    else plan.removed.push(row.id);
  }
  return plan;
}

function reasonToStay(
  row: Row<Imported>,
  parts: Part[],
  merges: Merges,
  uses: Map<string, string>,
): string | undefined {
  if (parts.some(({ isEmpty }) => isEmpty))
    return 'An older record was merged into it over 30 days ago and can no longer be separated.';
  if (wasChanged(row, merges)) return 'It has been changed since.';
  // References to a record that is deleted move to the older one that comes back.
  return parts.length > 0 ? undefined : uses.get(row.id);
}

/** Whether somebody changed the record, apart from merging something into it or into a record that it refers to. */
function wasChanged(row: Row<Imported>, merges: Merges): boolean {
  const fields = row as unknown as Record<string, unknown>;
  const ids = [row.id, fields.company_id, fields.principal_id].concat(fields.contact_ids ?? []);
  const moments = merges.momentsOf(ids.filter((id) => typeof id === 'string'));
  return (
    !(row.updated_at === row.created_at || moments.has(row.updated_at)) || row.version > 1 + moments.size
  );
}

const told = {
  notes: 'It has notes.',
  tasks: 'It has tasks.',
  deals: 'A deal refers to it.',
  contacts: 'It has contacts.',
};

/** The sentence about a reference to a record of the entity, by the record's id. */
async function usesOf(entity: Imported): Promise<Map<string, string>> {
  const uses = new Map<string, string>();
  const note = (id: string | null, why: string) => id && uses.set(id, why);
  const [contacts, deals] = await Promise.all([all('contacts'), all('deals')]);
  if (entity === 'companies') for (const { company_id } of contacts) note(company_id, told.contacts);
  for (const { company_id, principal_id, contact_ids } of deals)
    for (const id of [company_id, principal_id, ...contact_ids]) note(id, told.deals);
  for (const table of ['tasks', 'notes'] as const)
    for (const { contact_id, company_id, deal_id } of await all(table))
      for (const id of [contact_id, company_id, deal_id]) note(id, told[table]);
  return uses;
}
