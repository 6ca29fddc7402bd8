/** The name of the database that holds a person's working set on this device. */
export const databaseName = (userId: string) => `atomic-crm:${userId}`;

/**
 * Connects to a person's database while the scripts that read it are still on their way: the first connection after a
 * start takes the browser longest. Creates none, and stands in nobody's way.
 * @param longest milliseconds after which the connection is closed again
 */
export function connectEarly(userId: string, longest = 5_000): void {
  const request = indexedDB.open(databaseName(userId));
  // There is none yet: whoever opens it next knows what belongs into it.
  request.onupgradeneeded = () => request.transaction?.abort();
  // What is wrong with it, the one who reads it says.
  request.onerror = (event) => event.preventDefault();
  request.onsuccess = () => {
    const connection = request.result;
    const timer = setTimeout(() => connection.close(), longest);
    connection.onversionchange = () => {
      clearTimeout(timer);
      connection.close();
    };
  };
}
