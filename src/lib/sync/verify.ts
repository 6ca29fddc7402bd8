import type { Table } from 'dexie';
import { entityNames, registry, type EntityName, type Row } from '$lib/entities/registry';
import type { Remote } from '$lib/remote/remote';
import type { Digest } from '$lib/remote/wire';
import { clientId } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { canonicalRow } from './canonical-row';

export interface Difference {
  entity: EntityName;
  here: number;
  there: number;
}

/** The result of the comparison: the entities that differ, or why nothing could be compared. */
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
  const reply = await remote.digest({ client_id: await clientId(db, store.newId), columns: columnsOfAll() });
  if (!reply.ok) return { failure: reply.message };
  const theirs = new Map(reply.body.map((digest) => [digest.entity, digest]));
  const differences: Difference[] = [];
  let rows = 0;
  for (const entity of entityNames) {
    const there = theirs.get(entity);
    if (!there) continue;
    const here = await digestOf(store, entity, there.columns);
    rows += here.count;
    if (!equal(here, there)) differences.push({ entity, here: here.count, there: there.count });
  }
  return { differences, rows };
}

const columnsOfAll = () =>
  Object.fromEntries(
    entityNames.map((entity) => [entity, Object.keys(registry[entity].schema.shape)]),
  ) as Record<EntityName, string[]>;

const equal = (here: Omit<Digest, 'entity'>, there: Digest): boolean =>
  (['count', 'ids', 'versions', 'content'] as const).every((part) => here[part] === there[part]);

const modulus = 2 ** 32;

/** How many rows are digested at once: the formula of `content`, and short enough not to hold up the page. */
const pieceRows = 500;

/**
 * The digest of the living rows, by the formula of `api.digest`: with `tail` the number in the last 8 hex digits
 * of an id, `ids` sums `tail` and `versions` sums `(tail mod 65536 + 1) * (version mod 65536)`, both modulo 2^32.
 * `content` is the SHA-256 of the SHA-256 of each 500 rows, in the order of ids.
 * @param columns what `content` covers; without them there is none
 */
export async function digestOf(
  { db }: Store,
  entity: EntityName,
  columns?: string[],
): Promise<Omit<Digest, 'entity' | 'columns'>> {
  let [count, ids, versions, digests] = [0, 0, 0, ''];
  for await (const piece of pieces(db.rows(entity))) {
    for (const { id, version } of piece) {
      const tail = parseInt(id.slice(-8), 16);
      ids = (ids + tail) % modulus;
      versions = (versions + ((tail % 65536) + 1) * (version % 65536)) % modulus;
    }
    count += piece.length;
    if (columns) digests += await sha256(piece.map((row) => canonicalRow(row, columns)).join(''));
  }
  return { count, ids, versions, ...(columns && { content: await sha256(digests) }) };
}

/** The living rows in the order of their ids, one piece at a time. Every piece but the last is full. */
async function* pieces<R extends Row>(table: Table<R, string>): AsyncGenerator<R[]> {
  const waiting: R[] = [];
  let last = '';
  for (;;) {
    const read = await table.where('id').above(last).limit(pieceRows).toArray();
    waiting.push(...read.filter((row) => row.deleted_at === null));
    if (read.length < pieceRows) break;
    last = read.at(-1)?.id ?? '';
    if (waiting.length >= pieceRows) yield waiting.splice(0, pieceRows);
    await pause();
  }
  while (waiting.length > 0) yield waiting.splice(0, pieceRows);
}

/** Lets the browser handle input and draw first. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
