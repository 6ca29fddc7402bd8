import Dexie from 'dexie';
import { entityNames } from '$lib/entities/registry';
import { pageLife } from '$lib/lifecycle/page-life';
import type { CrmDatabase } from './database';
import { databaseName } from './database-name';

const stays = 'client_id';

/**
 * Takes every record and mutation off the device, unless a mutation waits to be sent: nobody can save between the look
 * and the deletion. Unsent events and the installation's id stay.
 * @returns how many events stay; `unsent`, with nothing deleted, if a mutation waits
 */
export async function clearWorkingSet(db: CrmDatabase): Promise<number | 'unsent'> {
  const tables = [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows];
  return pageLife.untilDone(() =>
    db.transaction('rw', [...tables, db.events, db.meta], async () => {
      const unsent = await db.outbox.where('state').anyOf('pending', 'reoffered', 'refused').count();
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
 * connections are closed before the look, so that nobody can save between it and the deletion. Whatever was saved waits
 * for this person's next sign-in.
 * @param userId whose working set is closed in this tab already
 */
export async function deleteWorkingSet(userId: string): Promise<void> {
  const name = databaseName(userId);
  const current = await connect(name);
  const { version } = current;
  current.close();
  const emptied = await connect(name, version + 1, dropStores).catch((cause: unknown) => {
    // The upgrade was given up, so that everything stays as it was.
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

/** Runs alone: an upgrade begins only when every other connection is closed. */
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
