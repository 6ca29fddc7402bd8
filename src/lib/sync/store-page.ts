import { entityNames, type EntityName, type Row } from '$lib/entities/registry';
import type { Change, PullReply } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';
import { readMeta, writeMeta, type StoredFields } from '$lib/store/meta';
import { notSetAside, takeBack } from '$lib/store/set-aside';
import type { Store } from '$lib/store/store';
import { asServerTime } from './server-time';
import { noteUnreadable, reportUnreadable } from './unreadable';
import { settle, reoffer } from './settle';
import type { RecordKey } from '$lib/store/read-near';
import { keyOf, rebaseRows } from '$lib/store/rebase-rows';
import { beginFullPull, forgetFullPull, noteSeen, pendingFullPull, seenBy, type FullPull } from './full-pull';
import { withdrawn } from './withdraw';
import { fieldPrints, type FieldPrints } from '$lib/entities/fingerprint';

/** The position of this device: the cursor, and the next page of a pull that was cut off. */
export interface PullPosition {
  cursor: string | null;
  page: string | null;
  /** The fields that this pull brings for every row of an entity; `undefined` before its first page is stored. */
  whole?: StoredFields | undefined;
}

export async function pullPosition(db: CrmDatabase): Promise<PullPosition> {
  const [cursor, page, whole] = await Promise.all([
    readMeta(db, 'cursor'),
    readMeta(db, 'page'),
    readMeta(db, 'whole'),
  ]);
  return { cursor: cursor ?? null, page: page ?? null, whole: page ? (whole ?? {}) : undefined };
}

/**
 * Whether the device is still where this pull left it. If two cycles overlap (a tab was frozen in the middle of its own),
 * the older one would put old rows over newer ones, and no later delta would bring the newer ones again. The cursor is
 * the same if the server was idle meanwhile, so a full pull that the other cycle has ended counts too: deleting once more
 * would delete every row.
 */
async function standsAt(
  db: CrmDatabase,
  position: PullPosition,
  { fullPull, isNew }: PullKind,
): Promise<boolean> {
  const [now, pending] = await Promise.all([pullPosition(db), pendingFullPull(db)]);
  const isStillFull = !fullPull || isNew || pending !== undefined;
  return now.cursor === position.cursor && now.page === position.page && isStillFull;
}

interface PullKind {
  /** The pull brings everything anew. */
  fullPull: FullPull | undefined;
  /** This page is the first of it. */
  isNew: boolean;
}

async function noteFullPull(db: CrmDatabase, { fullPull, isNew }: PullKind, reply: PullReply): Promise<void> {
  if (!fullPull) return;
  if (isNew) await beginFullPull(db, fullPull);
  await noteSeen(db, reply.changes);
}

/**
 * Stores one page's rows with the token of the next page, in one transaction, and moves `position` on.
 * @returns false, with nothing stored, if the device is no longer at `position`
 */
export async function storePage(
  store: Store,
  reply: PullReply,
  position: PullPosition,
  pullKind: PullKind,
): Promise<boolean> {
  const { db } = store;
  const { page } = reply;
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, position, pullKind), Edited.on(db)]);
    if (!stands) return false;
    await Promise.all([
      storeChanges(store, reply.changes, edited),
      noteFullPull(db, pullKind, reply),
      writeMeta(db, 'page', page ?? undefined),
    ]);
    await rebaseRows(store, edited.records, edited.fresh);
    await noteStoredFields(db, reply, position, false);
    return true;
  });
  if (!stored) return false;
  position.page = page;
  reportUnreadable(reply.changes);
  return true;
}

interface Pulled extends PullKind {
  /** Answered before the pull began. */
  acknowledged: number[];
  /** Everything has arrived, so rows that the full pull did not bring can be deleted. */
  isComplete: boolean;
}

/**
 * Stores the last page, settles what the server had answered before, and moves the cursor: one transaction. Moves
 * `position` on.
 * @returns false, with nothing stored, if the device is no longer at `position`
 */
export async function storeLastPage(
  store: Store,
  reply: PullReply,
  position: PullPosition,
  { acknowledged, isComplete, ...pullKind }: Pulled,
): Promise<boolean> {
  const { db } = store;
  const serverTime = asServerTime(reply.server_time);
  const stored = await db.transaction('rw', tablesOf(store), async () => {
    const [stands, edited] = await Promise.all([standsAt(db, position, pullKind), Edited.on(db)]);
    if (!stands) return false;
    await storeChanges(store, reply.changes, edited);
    await noteFullPull(db, pullKind, reply);
    if (pullKind.fullPull && isComplete) await deleteMissing(store, edited);
    await takeAway(store, 'conflicts', await withdrawn(store), edited);
    // A device that never had a complete pull, or threw its cursor away, knows a restored server by its epoch alone.
    if ((isComplete && pullKind.fullPull?.restored) || (await readMeta(db, 'epoch')) !== reply.epoch) {
      await reoffer(store);
      await rebaseRows(store, edited.records, edited.fresh);
    } else {
      const settled = await notSetAside(db, acknowledged);
      const now = serverTime ? new Date(serverTime) : undefined;
      await settle(store, settled, edited.records, edited.fresh, now);
    }
    await noteStoredFields(db, reply, position, true);
    await Promise.all([
      writeMeta(db, 'page', undefined),
      writeMeta(db, 'cursor', reply.cursor ?? undefined),
      writeMeta(db, 'epoch', reply.epoch),
      writeMeta(db, 'last_pulled_at', store.now().toISOString()),
      ...(serverTime ? [writeMeta(db, 'server_time', serverTime)] : []),
    ]);
    return true;
  });
  if (!stored) return false;
  Object.assign(position, { cursor: reply.cursor ?? null, page: null, whole: undefined });
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
  /** The server's newest copy of each, or null if the server has none. */
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
    changes.map(({ entity, rows }) => db.rowsOf(entity).bulkPut(rows.filter((row) => !edited.has(row.id)))),
  );
  for (const { entity, rows } of changes)
    for (const row of rows) if (edited.has(row.id)) edited.brought([entity, row.id], row);
  await noteUnreadable(db, changes);
}

async function deleteMissing(store: Store, edited: Edited): Promise<void> {
  const seen = await seenBy(store.db);
  for (const entity of entityNames) {
    const here = await store.db.rows(entity).toCollection().primaryKeys();
    const gone = here.filter((id) => !seen(entity, id));
    await takeAway(store, entity, gone, edited);
  }
  await takeBack(store.db, (entity, id) => !seen(entity, id));
  await forgetFullPull(store.db);
}

/** The server no longer has these for this person: they go, but for what is written here and not answered. */
async function takeAway({ db }: Store, entity: EntityName, gone: string[], edited: Edited): Promise<void> {
  if (gone.length === 0) return;
  await db.rows(entity).bulkDelete(gone.filter((id) => !edited.has(id)));
  for (const id of gone) if (edited.has(id)) edited.brought([entity, id], null);
}

/**
 * The fields of this release that the rows on this device lack, by entity: another release stored the rows and did not
 * know the field, or not all of its values. `undefined` if nothing is lacking. Send them with a cursor.
 */
export async function lackingFields(
  db: CrmDatabase,
): Promise<Partial<Record<EntityName, string[]>> | undefined> {
  const stored = (await readMeta(db, 'fields')) ?? {};
  const lacking = entityNames.flatMap((entity) => {
    const prints = fieldPrints(entity);
    const fields = Object.keys(prints).filter((field) => stored[entity]?.[field] !== prints[field]);
    return fields.length > 0 ? [[entity, fields] as const] : [];
  });
  return lacking.length > 0 ? Object.fromEntries(lacking) : undefined;
}

/**
 * Notes which fields every stored row holds, after a page's rows are stored. Runs inside the page's transaction, because
 * a tab of another release may store the next page. An entity that comes whole counts only when all of it is here.
 */
async function noteStoredFields(
  db: CrmDatabase,
  reply: PullReply,
  position: PullPosition,
  isLast: boolean,
): Promise<void> {
  const before = (await readMeta(db, 'fields')) ?? {};
  position.whole ??= Object.fromEntries(
    comeWhole(reply, position).map((entity) => [entity, fieldPrints(entity)]),
  );
  position.whole = narrowed(position.whole, reply.changes);
  const after = { ...narrowed(before, reply.changes), ...(isLast ? position.whole : {}) };
  await Promise.all([
    JSON.stringify(after) === JSON.stringify(before) || writeMeta(db, 'fields', after),
    writeMeta(db, 'whole', isLast ? undefined : position.whole),
  ]);
}

/** The entities that a pull brings whole if it begins with this page. */
const comeWhole = ({ reset, again = [] }: PullReply, { cursor }: PullPosition): EntityName[] =>
  entityNames.filter((entity) => reset || cursor === null || again.includes(entity));

/** The fields that all rows still hold after these changes are stored among them. */
function narrowed(fields: StoredFields, changes: Change[]): StoredFields {
  const narrower = { ...fields };
  for (const { entity, columns, rows } of changes) {
    const known = narrower[entity];
    if (!known || rows.length === 0) continue;
    const prints = fieldPrints(entity);
    narrower[entity] = pick(
      known,
      (field) => prints[field] === known[field] && (columns?.includes(field) ?? true),
    );
  }
  return narrower;
}

const pick = (prints: FieldPrints, wanted: (field: string) => boolean): FieldPrints =>
  Object.fromEntries(Object.entries(prints).filter(([field]) => wanted(field)));
