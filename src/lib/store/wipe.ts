import Dexie from 'dexie';
import { entityNames } from '$lib/entities/registry';
import { pageLife } from '$lib/lifecycle/page-life';
import type { CrmDatabase } from './database';
import { databaseName } from './database-name';
import type { OutboxEntry } from './tables';

const stays = 'client_id';

/**
 * Deletes every record and mutation from the device, unless a mutation is unsent. The check and the deletion are one
 * transaction, so nobody can save in between. Unsent events and the installation's id stay.
 * @param unsentStates the states of mutations that prevent the deletion
 * @returns how many events stay; `unsent`, with nothing deleted, if there is such a mutation
 */
export async function clearWorkingSet(
  db: CrmDatabase,
  unsentStates: OutboxEntry['state'][] = ['pending', 'reoffered', 'refused'],
): Promise<number | 'unsent'> {
  const tables = [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows];
  return pageLife.untilDone(() =>
    db.transaction('rw', [...tables, db.events, db.meta], async () => {
      const unsent = await db.outbox.where('state').anyOf(unsentStates).count();
      if (unsent > 0) return 'unsent';
      for (const table of tables) await table.clear();
      // Whatever is kept beside the records: the rows of an import under way, pages of the log.
      await db.meta.where('key').notEqual(stays).delete();
      return db.events.count();
    }),
  );
}

/**
 * Deletes a person's database from this device, unless another tab has saved something since it was cleared. All
 * connections are closed before the check, so nobody can save between the check and the deletion. Whatever was saved
 * stays until this person signs in again.
 * @param userId the person whose working set this tab has already closed
 */
export async function deleteWorkingSet(userId: string): Promise<void> {
  const name = databaseName(userId);
  const current = await connect(name);
  const { version } = current;
  current.close();
  const emptied = await connect(name, version + 1, dropStores).catch((cause: unknown) => {
    // The upgrade was aborted, so everything stays as it was.
    if (cause instanceof DOMException && cause.name === 'AbortError') return undefined;
    throw cause;
  });
  emptied?.close();
  if (emptied) await Dexie.delete(name);
}

function connect(
  name: string,
  version?: number,
  upgrade?: (transaction: IDBTransaction) => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => request.transaction && upgrade?.(request.transaction);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

/** Nothing else runs meanwhile, because an upgrade begins only when every other connection is closed. */
function dropStores(transaction: IDBTransaction): void {
  const drop = () => {
    for (const store of transaction.objectStoreNames) transaction.db.deleteObjectStore(store);
  };
  if (!transaction.objectStoreNames.contains('outbox')) return drop();
  const count = transaction.objectStore('outbox').count();
  count.onsuccess = () => {
    if (count.result > 0) transaction.abort();
    else drop();
  };
}
