import { entityNames, type EntityName } from '$lib/entities/registry';
import type { Remote } from '$lib/remote/remote';
import type { Digest } from '$lib/remote/wire';
import { clientId } from '$lib/store/meta';
import type { Store } from '$lib/store/store';

export interface Difference {
  entity: EntityName;
  here: number;
  there: number;
}

/** What the comparison came to: the entities that differ (none: all is equal), or why it could not be made. */
export type Verdict = { differences: Difference[]; rows: number } | { failure: string };

/**
 * Syncs and compares until both sides are equal, three times at most: where a colleague saves something between the
 * sync and the digest, the two differ though nothing is wrong.
 */
export async function verify(store: Store, remote: Remote, sync: () => Promise<void>): Promise<Verdict> {
  for (let tries = 1; ; tries += 1) {
    await sync();
    const verdict = await compare(store, remote);
    if ('failure' in verdict || verdict.differences.length === 0 || tries === 3) return verdict;
  }
}

/** Compares a digest of each table with the server's. Records with unsent changes differ by nature, so they go first. */
export async function compare(store: Store, remote: Remote): Promise<Verdict> {
  const { db } = store;
  if ((await db.base_rows.count()) > 0)
    return { failure: 'Some changes are not sent yet. Sync first, then check again.' };
  const reply = await remote.digest({ client_id: await clientId(db, store.newId) });
  if (!reply.ok) return { failure: reply.message };
  const theirs = new Map(reply.body.map((digest) => [digest.entity, digest]));
  const differences: Difference[] = [];
  let rows = 0;
  for (const entity of entityNames) {
    const there = theirs.get(entity);
    if (!there) continue;
    const here = await digestOf(store, entity);
    rows += here.count;
    const equal = here.count === there.count && here.ids === there.ids && here.versions === there.versions;
    if (!equal) differences.push({ entity, here: here.count, there: there.count });
  }
  return { differences, rows };
}

const modulus = 2 ** 32;

/**
 * The digest of the living rows, by the formula of `api.digest`: with `tail` the number in the last 8 hex digits
 * of an id, `ids` sums `tail` and `versions` sums `(tail mod 65536 + 1) * (version mod 65536)`, both modulo 2^32.
 */
export async function digestOf({ db }: Store, entity: EntityName): Promise<Omit<Digest, 'entity'>> {
  let [count, ids, versions] = [0, 0, 0];
  await db.rows(entity).each((row) => {
    if (row.deleted_at !== null) return;
    const tail = parseInt(row.id.slice(-8), 16);
    count += 1;
    ids = (ids + tail) % modulus;
    versions = (versions + ((tail % 65536) + 1) * (row.version % 65536)) % modulus;
  });
  return { count, ids, versions };
}
