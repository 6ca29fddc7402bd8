import type { DexieOptions } from 'dexie';
import { v7 } from 'uuid';
import { PutAwayError, pageLife } from '$lib/lifecycle/page-life';
import { CrmDatabase } from './database';
import { asStoreError, StoreError } from './errors';
import { readMeta } from './meta';

/** An open working set: its database, whose it is, and where time and ids come from. */
export interface Store {
  readonly db: CrmDatabase;
  readonly userId: string;
  now(): Date;
  newId(): string;
}

interface Surroundings {
  clock?: () => Date;
  newId?: () => string;
  /** The storage to use instead of this browser's IndexedDB. */
  storage?: DexieOptions;
  /** How long opening may take, milliseconds. An upgrade that is under way may take longer. */
  longest?: number;
  /** Called when the page comes back: does the working set still belong to the person who is signed in here? */
  stillMine?: () => boolean;
}

/**
 * Opens a person's working set, creating it on first use. When the browser puts the page away, the database is closed, so
 * that nobody waits for this page. When the page comes back, it is opened again.
 * @throws StoreError `storage_unavailable` if the browser refuses storage, `storage_blocked` if it does not answer,
 *   `storage_newer` if a newer release has used it
 */
export async function openStore(userId: string, surroundings: Surroundings = {}): Promise<Store> {
  const { clock = () => new Date(), newId = () => v7(), storage, longest = 8_000 } = surroundings;
  let db: CrmDatabase | undefined;
  while (!db) db = await openOnce(new CrmDatabase(userId, storage), longest);
  closeWhileAway(db, surroundings.stillMine);
  return { db, userId, now: clock, newId };
}

/** @returns undefined if the page was put away meanwhile; it resolves when the page is back */
async function openOnce(db: CrmDatabase, longest: number): Promise<CrmDatabase | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('storage_blocked')), longest);
  });
  // An upgrade rewrites what is stored, so it may take longer. It ends by itself.
  db.onUpgrade = () => clearTimeout(timer);
  try {
    await pageLife.whileHere(Promise.race([openAndRead(db), late]));
    return db;
  } catch (cause) {
    db.close();
    if (!(cause instanceof PutAwayError)) throw asStoreError(cause);
    await pageLife.returned();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function openAndRead(db: CrmDatabase): Promise<void> {
  await db.open();
  // Dexie also opens a database that a newer release has changed, which this one must not write to.
  if (db.superseded) throw new StoreError('storage_newer');
  // If it cannot be read, the device opens all the same: the next pull brings it.
  db.serverTime = await readMeta(db, 'server_time').catch(() => undefined);
}

function closeWhileAway(db: CrmDatabase, stillMine: () => boolean = () => true): void {
  let reopen = false;
  let opening = false;
  const stops = [
    pageLife.onPutAway(() => {
      reopen = db.isOpen() || opening;
      if (reopen) db.close();
    }),
    pageLife.onReturn(() => {
      // If it cannot be opened now, the next query reports that.
      if (!reopen || !stillMine()) return;
      opening = true;
      db.open()
        .catch(() => undefined)
        .finally(() => (opening = false));
    }),
  ];
  db.on('close', () => {
    if (!pageLife.away) for (const stop of stops) stop();
  });
}
