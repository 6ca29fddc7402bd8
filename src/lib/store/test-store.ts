import { v7 } from 'uuid';
import { onTestFinished, vi } from 'vitest';
import type { OutboxEntry } from './records';
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

/**
 * Calls `watch` for each entry that is written into an outbox, with its transaction, until the test ends. What it
 * throws, the disk says.
 */
export function watchOutbox(watch: (entry: OutboxEntry, transaction: IDBTransaction) => void): void {
  const real = IDBObjectStore.prototype.put;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    row: unknown,
    key,
  ) {
    if (this.name === 'outbox') watch(row as OutboxEntry, this.transaction);
    return key === undefined ? real.call(this, row) : real.call(this, row, key);
  });
  onTestFinished(() => spy.mockRestore());
}
