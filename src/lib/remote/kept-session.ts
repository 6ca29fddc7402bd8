/** The part of a session that tells how long its access token is good. */
interface Timed {
  access_token?: string;
  /** Seconds, from when the token was given. */
  expires_in?: number;
  /** Seconds since 1970, by the clock of whoever wrote it. */
  expires_at?: number;
}

/**
 * Stores the session of supabase-js in `localStorage`. The end of a new access token is a time of this device's own
 * clock. By the server's clock, a device that is hours behind would send dead tokens, and one that is ahead would renew
 * at every call.
 * @param now epoch milliseconds
 */
export const keptSession = (now: () => number = () => Date.now()) => ({
  getItem: (key: string): string | null => localStorage.getItem(key),
  removeItem: (key: string): void => localStorage.removeItem(key),
  setItem: (key: string, value: string): void => {
    const [next, kept] = [read(value), read(localStorage.getItem(key))];
    const ends =
      next?.access_token === kept?.access_token
        ? kept?.expires_at
        : next?.expires_in && Math.round(now() / 1000) + next.expires_in;
    localStorage.setItem(key, next && ends ? JSON.stringify({ ...next, expires_at: ends }) : value);
  },
});

function read(value: string | null): Timed | undefined {
  try {
    const kept = JSON.parse(value ?? 'null') as unknown;
    return typeof kept === 'object' && kept !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}
