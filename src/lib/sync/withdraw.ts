import type { Store } from '$lib/store/store';

/**
 * The conflicts that are no longer this person's to decide: those of somebody who came back to the team, or of all
 * others once this person manages nobody. No delta says so, because the rows themselves did not change.
 */
export async function withdrawn({ db, userId }: Store): Promise<string[]> {
  const others = await db
    .rows('conflicts')
    .filter((row) => row.author_id !== userId)
    .toArray();
  if (others.length === 0) return [];
  const members = new Map((await db.rows('members').toArray()).map((member) => [member.id, member]));
  const me = members.get(userId);
  // If this person's own row has not arrived yet, it comes with the next changes. Until then, keep everything.
  const manages = me === undefined || me.role === 'admin' || me.role === 'manager';
  return others.filter((row) => !manages || members.get(row.author_id)?.active === true).map((row) => row.id);
}
