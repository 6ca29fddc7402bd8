import type { Deal } from '$lib/entities/deal';
import type { Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { currentStore } from '$lib/store/current';
import { subjectKey, type Subject } from './subject';

/**
 * The notes or tasks of a record that are not deleted. A company has its own, and those of its people and of its deals
 * as customer or principal.
 */
export async function related(entity: 'notes', subject: Subject): Promise<Note[]>;
export async function related(entity: 'tasks', subject: Subject): Promise<Task[]>;
export async function related(entity: 'notes' | 'tasks', subject: Subject): Promise<(Note | Task)[]> {
  const [field, id] = subjectKey(subject);
  const table = currentStore().db.rows(entity);
  const reads = [table.where(field).equals(id).toArray()];
  if (field === 'company_id') {
    const { people, deals } = await companyIds(id);
    reads.push(
      table.where('contact_id').anyOf(people).toArray(),
      table.where('deal_id').anyOf(deals).toArray(),
    );
  }
  const rows = new Map((await Promise.all(reads)).flat().map((row) => [row.id, row]));
  return [...rows.values()].filter((row) => row.deleted_at === null);
}

/**
 * The deals of a record that are not deleted: the deal itself, or those of a person or of a company, as `related`
 * counts them.
 */
export async function relatedDeals(subject: Subject): Promise<Deal[]> {
  const [field, id] = subjectKey(subject);
  const table = currentStore().db.rows('deals');
  const reads =
    field === 'deal_id'
      ? [table.where('id').equals(id).toArray()]
      : field === 'contact_id'
        ? [table.where('contact_ids').equals(id).toArray()]
        : [table.where('company_id').equals(id).toArray(), table.where('principal_id').equals(id).toArray()];
  const deals = new Map((await Promise.all(reads)).flat().map((row) => [row.id, row]));
  return [...deals.values()].filter((row) => row.deleted_at === null);
}

async function companyIds(id: string): Promise<{ people: string[]; deals: string[] }> {
  const [people, deals] = await Promise.all([
    currentStore().db.rows('contacts').where('company_id').equals(id).toArray(),
    relatedDeals({ company_id: id }),
  ]);
  return {
    people: people.filter((row) => row.deleted_at === null).map((row) => row.id),
    deals: deals.map((row) => row.id),
  };
}
