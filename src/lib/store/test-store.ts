import { v7 } from 'uuid';
import { onTestFinished } from 'vitest';
import { deleteWorkingSet } from './wipe';
import { openStore, type Store } from './store';

/** A fresh working set for one test, deleted when it ends. */
export async function testStore(now: () => Date = () => new Date()): Promise<Store> {
  const store = await openStore(v7(), { clock: now });
  onTestFinished(async () => {
    store.db.close();
    await deleteWorkingSet(store.userId);
  });
  return store;
}
