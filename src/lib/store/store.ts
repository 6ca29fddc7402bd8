import type { DexieOptions } from 'dexie';
import { v7 } from 'uuid';
import { CrmDatabase } from './database';
import { asStoreError } from './errors';

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
}

/**
 * Opens a person's working set, creating it on first use.
 * @throws StoreError `storage_unavailable` where the browser refuses storage
 */
export async function openStore(userId: string, surroundings: Surroundings = {}): Promise<Store> {
  const { clock = () => new Date(), newId = () => v7(), storage } = surroundings;
  const db = new CrmDatabase(userId, storage);
  try {
    await db.open();
  } catch (cause) {
    throw asStoreError(cause);
  }
  return { db, userId, now: clock, newId };
}
