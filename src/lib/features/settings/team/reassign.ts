import type { Row } from '$lib/entities/registry';
import type { Edit } from '$lib/entities/mutation';
import { all } from '$lib/store/read';
import { change, type Done } from '$lib/shared/bulk/mutations';

const owned = ['contacts', 'companies', 'deals'] as const;

/** The number of records of each kind that a member owns, counting only open tasks. */
export interface Responsibility {
  contacts: number;
  companies: number;
  deals: number;
  tasks: number;
}

/** Counts the records of a member. */
export async function responsibilityOf(memberId: string): Promise<Responsibility> {
  const counts = { contacts: 0, companies: 0, deals: 0, tasks: 0 };
  for (const { entity } of await editsTo(memberId, null)) counts[entity as keyof Responsibility] += 1;
  return counts;
}

/**
 * Reassigns all records of a member to somebody else, or to nobody: contacts, companies, deals, open tasks. Managers
 * and admins only; the server decides.
 * @returns the number of reassigned records; `undo` gives back those that nobody has reassigned since
 * @throws StoreError if nothing was stored
 */
export async function reassign(from: string, to: string | null): Promise<Done> {
  const edits = await editsTo(from, to);
  const given = new Set(edits.map(({ id }) => id));
  return change(edits, async () => (await editsTo(to, from)).filter(({ id }) => given.has(id)));
}

async function editsTo(from: string | null, to: string | null): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const entity of owned)
    for (const { id, owner_id } of (await all(entity)) as (Row & { owner_id: string | null })[])
      if (owner_id === from) edits.push({ op: 'update', entity, id, values: { owner_id: to } } as Edit);
  for (const { id, assignee_id, done_at } of await all('tasks'))
    if (assignee_id === from && !done_at)
      edits.push({ op: 'update', entity: 'tasks', id, values: { assignee_id: to } });
  return edits;
}
