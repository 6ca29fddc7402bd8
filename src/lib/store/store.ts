import type { DexieOptions } from 'dexie';
import { v7 } from 'uuid';
import { PutAwayError, pageLife } from '$lib/lifecycle/page-life';
import { CrmDatabase } from './database';
import { asStoreError, StoreError } from './errors';

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
  /** Where the database lives, if not in this browser's IndexedDB. */
  storage?: DexieOptions;
  /** How long opening may take, milliseconds. An upgrade that is under way may take longer. */
  longest?: number;
  /** Asked when the page comes back: whether the working set still belongs to the person at this device. */
  stillMine?: () => boolean;
}

/**
 * Opens a person's working set, creating it on first use. While the browser has the page put away the database is
 * closed, so that nobody waits for this page; when the page comes back it is opened again.
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

/** @returns undefined if the page was put away meanwhile, once it is back */
async function openOnce(db: CrmDatabase, longest: number): Promise<CrmDatabase | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('storage_blocked')), longest);
  });
  // An upgrade rewrites what is stored: it may take longer, and ends by itself.
  db.onUpgrade = () => clearTimeout(timer);
  try {
    await pageLife.whileHere(Promise.race([db.open(), late]));
    // Dexie opens what a newer release has made; this one would not know what it writes into.
    if (db.superseded) throw new StoreError('storage_newer');
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

function closeWhileAway(db: CrmDatabase, stillMine: () => boolean = () => true): void {
  let reopen = false;
  const stops = [
    pageLife.onPutAway(() => {
      reopen = db.isOpen();
      if (reopen) db.close();
    }),
    pageLife.onReturn(() => {
      // Whatever cannot be opened now is said by the query that asks for it.
      if (reopen && stillMine()) db.open().catch(() => undefined);
    }),
  ];
  db.on('close', () => {
    if (!pageLife.away) for (const stop of stops) stop();
  });
}
