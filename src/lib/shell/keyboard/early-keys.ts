/** Null as soon as a listener receives the keys. */
let early: KeyboardEvent[] | null = [];

/** Keeps a key that was pressed before the keyboard code was loaded, for `hearEarlyKeys`. */
export const keepEarlyKey = (event: KeyboardEvent): void => void early?.push(event);

/** Gives the kept keys to `listener`, in their order, and keeps no more. */
export function hearEarlyKeys(listener: (event: KeyboardEvent) => void): void {
  const kept = early ?? [];
  early = null;
  kept.forEach(listener);
}
