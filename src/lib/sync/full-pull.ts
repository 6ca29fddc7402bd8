import { entityNames, type EntityName } from '$lib/entities/registry';
import type { Change } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';

/**
 * A pull that fetches everything again. Rows that it does not bring are gone from the server and are deleted at its end.
 * The device remembers which rows it has brought so far, so after a cut it continues instead of starting over.
 */
export interface FullPull {
  /** The server's data was replaced (a backup was restored). */
  restored: boolean;
}

// The keys share a prefix, so that they can be read and removed together.
const headKey = 'full_pull';
const seenKeys = 'full_pull:';

/** Returns the full pull that has begun and not ended, if any. */
export async function pendingFullPull({ meta }: CrmDatabase): Promise<FullPull | undefined> {
  return (await meta.get(headKey))?.value as FullPull | undefined;
}

/** Begins a full pull, in the transaction that stores its first rows; forgets an earlier one that did not end. */
export async function beginFullPull(db: CrmDatabase, fullPull: FullPull): Promise<void> {
  await forgetFullPull(db);
  await db.meta.put({ key: headKey, value: fullPull });
}

/** Notes which rows a page brought, in the transaction that stores them. */
export async function noteSeen({ meta }: CrmDatabase, changes: Change[]): Promise<void> {
  const number = await meta.where('key').startsWith(seenKeys).count();
  const value = changes.map(({ entity, rows, unreadable = [] }) => ({
    entity,
    ids: [...rows, ...unreadable].map(({ id }) => id),
  }));
  await meta.put({ key: `${seenKeys}${String(number).padStart(6, '0')}`, value });
}

/** Returns a function that says whether the full pull has brought a row. */
export async function seenBy(db: CrmDatabase): Promise<(entity: string, id: string) => boolean> {
  const seen = new Map<string, Set<string>>(entityNames.map((entity) => [entity, new Set()]));
  for (const { value } of await db.meta.where('key').startsWith(seenKeys).toArray())
    for (const { entity, ids } of value as { entity: EntityName; ids: string[] }[])
      for (const id of ids) seen.get(entity)?.add(id);
  return (entity, id) => seen.get(entity)?.has(id) ?? false;
}

/** Ends a full pull, or gives it up. */
export async function forgetFullPull({ meta }: CrmDatabase): Promise<void> {
  await meta.where('key').startsWith(headKey).delete();
}
