import { pageLife } from '$lib/lifecycle/page-life';

type Factory = Pick<IDBFactory, 'open' | 'deleteDatabase' | 'databases' | 'cmp'>;

const open = new Set<IDBTransaction>();

/**
 * Wraps the browser's IndexedDB and follows every transaction until it ends. When the browser puts the page away, open
 * transactions are aborted, because WebKit keeps them, and one that writes blocks the database for every other page. An
 * aborted transaction has stored nothing; one that is already being committed is still stored.
 * @param onUpgrade called when an upgrade of a database begins
 */
export function followed(factory: Factory, onUpgrade: () => void): Factory {
  return {
    open(name, version) {
      const { departures } = pageLife;
      const request = version === undefined ? factory.open(name) : factory.open(name, version);
      request.addEventListener('upgradeneeded', () => {
        if (request.transaction) follow(request.transaction);
        onUpgrade();
      });
      request.addEventListener('success', () => {
        // Nobody needs this connection any more, and it would keep other pages from upgrading.
        if (pageLife.departures !== departures) request.result.close();
        else followConnection(request.result);
      });
      return request;
    },
    deleteDatabase: (name) => factory.deleteDatabase(name),
    databases: () => factory.databases(),
    cmp: (first, second) => factory.cmp(first, second),
  };
}

function followConnection(connection: IDBDatabase): void {
  const begin = connection.transaction.bind(connection);
  connection.transaction = (...asked) => follow(begin(...asked));
}

function follow(transaction: IDBTransaction): IDBTransaction {
  open.add(transaction);
  const ended = () => open.delete(transaction);
  transaction.addEventListener('complete', ended);
  transaction.addEventListener('abort', ended);
  return transaction;
}

/** Aborts a transaction, unless it has ended already. */
export function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, or is being committed.
  }
}

pageLife.onPutAway(() => {
  for (const transaction of open) abort(transaction);
  open.clear();
});
