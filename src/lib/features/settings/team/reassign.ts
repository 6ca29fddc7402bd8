import type { Row } from '$lib/entities/registry';
import type { Edit } from '$lib/entities/mutation';
import { all } from '$lib/store/read';
import { change, type Done } from '$lib/shared/bulk/mutations';

const owned = ['contacts', 'companies', 'deals'] as const;

/** What a member is responsible for: how many records of each kind, open tasks only. */
export interface Responsibility {
  contacts: number;
  companies: number;
  deals: number;
  tasks: number;
}

/** Counts what a member is responsible for. */
export async function responsibilityOf(memberId: string): Promise<Responsibility> {
  const counts = { contacts: 0, companies: 0, deals: 0, tasks: 0 };
  for (const { entity } of await editsTo(memberId, null)) counts[entity as keyof Responsibility] += 1;
  return counts;
}

/**
 * Gives everything that a member is responsible for to somebody else, or to nobody: contacts, companies, deals, open
 * tasks. Managers and admins; the server decides.
 * @returns how many records went over; `undo` gives back those that nobody has given to a third person since
 * @throws StoreError where nothing was stored
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
