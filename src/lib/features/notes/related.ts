import type { Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { currentStore } from '$lib/store/current';
import { subjectKey, type Subject } from './subject';

/**
 * The living notes or tasks of a record. A company's are its own, its people's and its deals', whether
 * it buys in them or is their principal.
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

async function companyIds(id: string): Promise<{ people: string[]; deals: string[] }> {
  const { db } = currentStore();
  const [people, bought, sold] = await Promise.all([
    db.rows('contacts').where('company_id').equals(id).toArray(),
    db.rows('deals').where('company_id').equals(id).toArray(),
    db.rows('deals').where('principal_id').equals(id).toArray(),
  ]);
  const living = (rows: { id: string; deleted_at: string | null }[]) =>
    rows.filter((row) => row.deleted_at === null).map((row) => row.id);
  return { people: living(people), deals: [...new Set(living([...bought, ...sold]))] };
}
