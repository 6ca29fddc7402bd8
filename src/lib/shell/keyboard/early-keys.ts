/** Null from the moment on when somebody hears them. */
let early: KeyboardEvent[] | null = [];

/** Keeps a key that was pressed before the keyboard's part of the app was there, for `hearEarlyKeys`. */
export const keepEarlyKey = (event: KeyboardEvent): void => void early?.push(event);

/** Gives the kept keys to `listener`, in their order, and keeps no more. */
export function hearEarlyKeys(listener: (event: KeyboardEvent) => void): void {
  const kept = early ?? [];
  early = null;
  kept.forEach(listener);
}
