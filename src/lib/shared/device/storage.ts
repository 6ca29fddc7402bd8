/** The browser's information about the app's storage. */
export interface StorageState {
  /** Bytes; undefined if the browser does not say. */
  used: number | undefined;
  available: number | undefined;
  /** The browser promises not to delete the data to free up space. */
  kept: boolean;
}

export async function storageState(): Promise<StorageState> {
  const storage = navigator.storage as StorageManager | undefined;
  const [estimate, kept] = await Promise.all([
    storage?.estimate?.().catch(() => undefined),
    storage?.persisted?.().catch(() => false),
  ]);
  return { used: estimate?.usage, available: estimate?.quota, kept: kept ?? false };
}

/** Asks the browser to keep the data. The browser may decline. */
export const askToKeep = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;

const units = ['kB', 'MB', 'GB', 'TB'];

/** Bytes in words: "0 kB", "3.4 MB", "120 GB". */
export function formatBytes(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
