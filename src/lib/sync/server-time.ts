/** A time of the server as it is kept; undefined if it is none. */
export function asServerTime(told: string): string | undefined {
  const at = new Date(told);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
