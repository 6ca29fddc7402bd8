import type { Note } from '$lib/entities/note';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { cutText } from '$lib/ui/cut-text';

const most = 80;

/**
 * Adds a task for the current user to follow up on a note, about the same record.
 * @param due_on `YYYY-MM-DD`
 * @returns the task's id
 * @throws StoreError if it could not be stored
 */
export async function addFollowUp(note: Note, due_on: string): Promise<string> {
  const store = currentStore();
  const { contact_id, company_id, deal_id, body } = note;
  const [line = ''] = body.trim().split('\n');
  const title = `Follow up: ${line.length > most ? `${cutText(line, most).trimEnd()}…` : line}`;
  const values = { title, due_on, assignee_id: store.userId, contact_id, company_id, deal_id };
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity: 'tasks', id, values }]);
  return id;
}
