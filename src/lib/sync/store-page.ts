import { entityNames, type EntityName, type Row } from '$lib/entities/registry';
import type { Change, PullReply } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';
import { readMeta, writeMeta, type StoredFields } from '$lib/store/meta';
import { notSetAside, takeBack } from '$lib/store/set-aside';
import type { Store } from '$lib/store/store';
import { noteStoredFields } from './stored-fields';
import { noteUnreadable, reportUnreadable } from './unreadable';
import { settle, reoffer } from './settle';
import type { RecordKey } from '$lib/store/read-near';
import { keyOf, showRows } from '$lib/store/show-row';
import { withdrawn } from './withdraw';

/** What a reset brought: everything else on the device is the server's no longer. */
export class Sweep {
  readonly #seen = new Map<EntityName, Set<string>>();

  saw(changes: Change[]): void {
    for (const { entity, rows, unreadable = [] } of changes) {
      const ids = this.#seen.get(entity) ?? new Set();
      for (const row of [...rows, ...unreadable]) ids.add(row.id);
      this.#seen.set(entity, ids);
    }
  }

  has = (entity: EntityName, id: string): boolean => this.#seen.get(entity)?.has(id) ?? false;
}

/** Where this device stands: the cursor, and the next page of a pull that was cut off. */
export interface Place {
  cursor: string | null;
  page: string | null;
  /** The fields that this pull brings for every row of an entity; `undefined` before its first page is stored. */
  whole?: StoredFields | undefined;
}

export async function pullPlace(db: CrmDatabase): Promise<Place> {
  const [cursor, page, whole] = await Promise.all([
    readMeta(db, 'cursor'),
    readMeta(db, 'page'),
    readMeta(db, 'whole'),
  ]);
  return { cursor: cursor ?? null, page: page ?? null, whole: page ? (whole ?? {}) : undefined };
}

/**
 * Whether the device still stands where this pull left it. Where two cycles overlap (a tab that was frozen in its
 * own), the older would put old rows over newer ones that no later delta brings again.
 */
async function standsAt(db: CrmDatabase, place: Place): Promise<boolean> {
  const now = await pullPlace(db);
  return now.cursor === place.cursor && now.page === place.page;
}

/**
 * Stores one page's rows with the token of the next page, in one transaction, and moves `place` on.
 * @returns false, with nothing stored, where the device is no longer at `place`
 * @param resumable false during a reset: what it has seen lives in memory, so a cut-off one begins anew
 */
export async function storePage(
  store: Store,
  reply: PullReply,
  place: Place,
  resumable: boolean,
): Promise<boolean> {
  const { db } = store;
  const page = resumable ? reply.page : null;
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, place), Edited.on(db)]);
    if (!stands) return false;
    await Promise.all([storeChanges(store, reply.changes, edited), writeMeta(db, 'page', page ?? undefined)]);
    await showRows(store, edited.records, edited.fresh);
    await noteStoredFields(db, reply, place, false);
    return true;
  });
  place.page = page;
  if (stored) reportUnreadable(reply.changes);
  return stored;
}

interface Pulled {
  /** Answered before the pull began. */
  acknowledged: number[];
  sweep: Sweep | undefined;
  /** The server is another than it was (a backup): what it had answered is offered again. */
  restored: boolean;
}

/**
 * Stores the last page, settles what the server had answered before, and moves the cursor: one transaction. Moves
 * `place` on.
 * @returns false, with nothing stored, where the device is no longer at `place`
 */
export async function storeLastPage(
  store: Store,
  reply: PullReply,
  place: Place,
  { acknowledged, sweep, restored }: Pulled,
): Promise<boolean> {
  const { db } = store;
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, place), Edited.on(db)]);
    if (!stands) return false;
    await storeChanges(store, reply.changes, edited);
    if (sweep) await sweepRows(store, sweep, edited);
    await takeAway(store, 'conflicts', await withdrawn(store), edited);
    // A device that never had a complete pull, or threw its cursor away, knows a restored server by its epoch alone.
    if (restored || (await readMeta(db, 'epoch')) !== reply.epoch) {
      await reoffer(store);
      await showRows(store, edited.records, edited.fresh);
    } else await settle(store, await notSetAside(db, acknowledged), edited.records, edited.fresh);
    await noteStoredFields(db, reply, place, true);
    await Promise.all([
      writeMeta(db, 'page', undefined),
      writeMeta(db, 'cursor', reply.cursor ?? undefined),
      writeMeta(db, 'epoch', reply.epoch),
      writeMeta(db, 'last_pulled_at', store.now().toISOString()),
    ]);
    return true;
  });
  if (!stored) return false;
  Object.assign(place, { cursor: reply.cursor ?? null, page: null, whole: undefined });
  reportUnreadable(reply.changes);
  return true;
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
  await noteUnreadable(db, changes);
}

async function sweepRows(store: Store, sweep: Sweep, edited: Edited): Promise<void> {
  for (const entity of entityNames) {
    const here = await store.db.rows(entity).toCollection().primaryKeys();
    const gone = here.filter((id) => !sweep.has(entity, id));
    await takeAway(store, entity, gone, edited);
  }
  await takeBack(store.db, (entity, id) => !sweep.has(entity as EntityName, id));
}

/** The server no longer has these for this person: they go, but for what is written here and not answered. */
async function takeAway({ db }: Store, entity: EntityName, gone: string[], edited: Edited): Promise<void> {
  if (gone.length === 0) return;
  await db.rows(entity).bulkDelete(gone.filter((id) => !edited.has(id)));
  for (const id of gone) if (edited.has(id)) edited.brought([entity, id], null);
}
