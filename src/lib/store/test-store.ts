import { v7 } from 'uuid';
import { onTestFinished, vi } from 'vitest';
import type { OutboxEntry } from './tables';
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
 * Calls `watch` for each row that is put into a table, with its transaction, until the test ends. If it throws, the disk
 * fails with that.
 */
export function watchPuts<Row>(table: string, watch: (row: Row, transaction: IDBTransaction) => void): void {
  const real = IDBObjectStore.prototype.put;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    row: unknown,
    key,
  ) {
    if (this.name === table) watch(row as Row, this.transaction);
    return key === undefined ? real.call(this, row) : real.call(this, row, key);
  });
  onTestFinished(() => spy.mockRestore());
}

/** The same for the entries that are written into an outbox. */
export const watchOutbox = (watch: (entry: OutboxEntry, transaction: IDBTransaction) => void): void =>
  watchPuts('outbox', watch);
