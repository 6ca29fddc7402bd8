const first = 1_000;
const longest = 20_000;
/** Devices that waited for the same moment come back spread over this many milliseconds. */
const spread = 5_000;

/**
 * How long to wait before the next try, milliseconds.
 * @param failures how many tries in a row have failed, 1 or more
 * @param retryAfter what the server asked for; never undercut
 * @param random 0 to 1
 */
export function backoff(failures: number, retryAfter: number | undefined, random: number): number {
  if (retryAfter !== undefined) return retryAfter + random * spread;
  return Math.min(longest, first * 2 ** (failures - 1)) * (0.5 + random);
}
