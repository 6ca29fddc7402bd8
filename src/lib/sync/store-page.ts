import { entityNames, type EntityName, type Row } from '$lib/entities/registry';
import type { Change, PullReply } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';
import { readMeta, writeMeta } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { settle, reoffer } from './settle';
import type { RecordKey } from '$lib/store/read-near';
import { keyOf, showRows } from '$lib/store/show-row';
import { beginSweep, forgetSweep, noteSeen, unseen, type Sweep } from './sweep';
import { withdrawn } from './withdraw';

/** Where this device stands: the cursor, and the next page of a pull that was cut off. */
export interface Place {
  cursor: string | null;
  page: string | null;
}

export async function pullPlace(db: CrmDatabase): Promise<Place> {
  const [cursor, page] = await Promise.all([readMeta(db, 'cursor'), readMeta(db, 'page')]);
  return { cursor: cursor ?? null, page: page ?? null };
}

/**
 * Whether the device still stands where this pull left it. Where two cycles overlap (a tab that was frozen in its
 * own), the older would put old rows over newer ones that no later delta brings again.
 */
async function standsAt(db: CrmDatabase, place: Place): Promise<boolean> {
  const now = await pullPlace(db);
  return now.cursor === place.cursor && now.page === place.page;
}

interface Sweeping {
  /** The pull brings everything anew. */
  sweep: Sweep | undefined;
  /** It begins with this page. */
  isNew: boolean;
}

async function noteSweep(db: CrmDatabase, { sweep, isNew }: Sweeping, reply: PullReply): Promise<void> {
  if (!sweep) return;
  if (isNew) await beginSweep(db, sweep);
  await noteSeen(db, reply.changes);
}

/**
 * Stores one page's rows with the token of the next page, in one transaction, and moves `place` on.
 * @returns false, with nothing stored, if the device is no longer at `place`
 */
export async function storePage(
  store: Store,
  reply: PullReply,
  place: Place,
  sweeping: Sweeping,
): Promise<boolean> {
  const { db } = store;
  const { page } = reply;
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, place), Edited.on(db)]);
    if (!stands) return false;
    await Promise.all([
      storeChanges(store, reply.changes, edited),
      noteSweep(db, sweeping, reply),
      writeMeta(db, 'page', page ?? undefined),
    ]);
    await showRows(store, edited.records, edited.fresh);
    return true;
  });
  if (stored) place.page = page;
  return stored;
}

interface Pulled extends Sweeping {
  /** Answered before the pull began. */
  acknowledged: number[];
  /** Nothing is missing any more, so that what the sweep did not bring can go. */
  isComplete: boolean;
}

/**
 * Stores the last page, settles what the server had answered before, and moves the cursor: one transaction. Moves
 * `place` on.
 * @returns false, with nothing stored, if the device is no longer at `place`
 */
export async function storeLastPage(
  store: Store,
  reply: PullReply,
  place: Place,
  { acknowledged, isComplete, ...sweeping }: Pulled,
): Promise<boolean> {
  const { db } = store;
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, place), Edited.on(db)]);
    if (!stands) return false;
    await storeChanges(store, reply.changes, edited);
    await noteSweep(db, sweeping, reply);
    if (sweeping.sweep && isComplete) await sweepRows(store, edited);
    await takeAway(store, 'conflicts', await withdrawn(store), edited);
    // A device that never had a complete pull, or threw its cursor away, knows a restored server by its epoch alone.
    if ((isComplete && sweeping.sweep?.restored) || (await readMeta(db, 'epoch')) !== reply.epoch) {
      await reoffer(store);
      await showRows(store, edited.records, edited.fresh);
    } else await settle(store, acknowledged, edited.records, edited.fresh);
    await Promise.all([
      writeMeta(db, 'page', undefined),
      writeMeta(db, 'cursor', reply.cursor ?? undefined),
      writeMeta(db, 'epoch', reply.epoch),
      writeMeta(db, 'last_pulled_at', store.now().toISOString()),
    ]);
    return true;
  });
  if (stored) Object.assign(place, { cursor: reply.cursor ?? null, page: null });
  return stored;
}

const tablesOf = ({ db }: Store) => [
  ...entityNames.map((name) => db.rows(name)),
  db.outbox,
  db.base_rows,
  db.meta,
];

/** Records with local edits on top: they are shown anew when all that the page brings is stored. */
class Edited {
  readonly records: RecordKey[] = [];
  /** The server's newest copy of each, null where it has none. */
  readonly fresh = new Map<string, Row | null>();

  private constructor(private readonly ids: Set<string>) {}

  /** The records of this device that have local edits. */
  static async on({ base_rows }: CrmDatabase): Promise<Edited> {
    return new Edited(new Set((await base_rows.toCollection().primaryKeys()).map(([, id]) => id)));
  }

  has = (id: string): boolean => this.ids.has(id);

  brought(record: RecordKey, row: Row | null): void {
    this.records.push(record);
    this.fresh.set(keyOf(record), row);
  }
}

async function storeChanges({ db }: Store, changes: Change[], edited: Edited): Promise<void> {
  await Promise.all(
    changes.map(({ entity, rows }) =>
      db.rows(entity).bulkPut(rows.filter((row) => !edited.has(row.id)) as never[]),
    ),
  );
  for (const { entity, rows } of changes)
    for (const row of rows) if (edited.has(row.id)) edited.brought([entity, row.id], row);
}

async function sweepRows(store: Store, edited: Edited): Promise<void> {
  for (const [entity, gone] of await unseen(store.db)) await takeAway(store, entity, gone, edited);
  await forgetSweep(store.db);
}

/** The server no longer has these for this person: they go, but for what is written here and not answered. */
async function takeAway({ db }: Store, entity: EntityName, gone: string[], edited: Edited): Promise<void> {
  if (gone.length === 0) return;
  await db.rows(entity).bulkDelete(gone.filter((id) => !edited.has(id)));
  for (const id of gone) if (edited.has(id)) edited.brought([entity, id], null);
}
