import { v7 } from 'uuid';
import { CrmDatabase } from './database';

/** An open working set: its database, whose it is, and where time and ids come from. */
export interface Store {
  readonly db: CrmDatabase;
  readonly userId: string;
  now(): Date;
  newId(): string;
}

/**
 * Opens a person's working set, creating it on first use.
 * @throws StoreError `storage_unavailable` where the browser refuses storage.
 */
export async function openStore(userId: string, clock: () => Date = () => new Date()): Promise<Store> {
  const db = new CrmDatabase(userId);
  await db.open();
  return { db, userId, now: clock, newId: () => v7() };
}
