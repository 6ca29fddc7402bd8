import type { Change } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';
import { setAside, takeBack, type SetAside } from '$lib/store/set-aside';

/**
 * Remembers the rows that this release cannot read, and forgets older ones that it now can. A later release with another
 * schema gets them again. Runs inside the page's transaction.
 */
export async function noteUnreadable(db: CrmDatabase, changes: Change[]): Promise<void> {
  const read = new Map<string, Set<string>>();
  for (const { entity, rows } of changes) read.set(entity, new Set(rows.map(({ id }) => id)));
  await takeBack(db, (entity, id) => read.get(entity)?.has(id) ?? false);
  await setAside(db, unreadableIn(changes));
}

/** Writes them to the console. Call it after the transaction, in which nothing else may be done. */
export function reportUnreadable(changes: Change[]): void {
  const found = unreadableIn(changes);
  if (found.length > 0) console.error('Rows that this version cannot read', found);
}

const unreadableIn = (changes: Change[]): SetAside[] =>
  changes.flatMap(({ entity, unreadable = [] }) => unreadable.map((row) => ({ entity, ...row })));
