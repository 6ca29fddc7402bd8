import { pageLife } from '$lib/lifecycle/page-life';

/** The name of the database that holds a person's working set on this device. */
export const databaseName = (userId: string) => `atomic-crm:${userId}`;

/**
 * Connects to a person's database while the scripts that read it are still on their way: the first connection after a
 * start takes the browser longest. It creates no database, and closes when somebody wants to change or delete this one
 * and when the page is put away.
 * @param longest milliseconds after which the connection is closed again
 */
export function connectEarly(userId: string, longest = 5_000): void {
  const request = indexedDB.open(databaseName(userId));
  // There is none yet: whoever opens it next knows what belongs into it.
  request.onupgradeneeded = () => request.transaction?.abort();
  // The code that opens it next reports what is wrong with it.
  request.onerror = (event) => event.preventDefault();
  let connection: IDBDatabase | undefined;
  let over = false;
  const close = () => {
    over = true;
    clearTimeout(timer);
    stopFollowing();
    connection?.close();
  };
  const timer = setTimeout(close, longest);
  const stopFollowing = pageLife.onPutAway(close);
  request.onsuccess = () => {
    connection = request.result;
    connection.onversionchange = close;
    if (over) close();
  };
}
