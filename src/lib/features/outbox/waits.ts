import { dayAndTime, localDate, timeOfDay } from '$lib/ui/format-date';

const minute = 60_000;

/** The last press of *Sync now*, as long as its result is worth showing. */
export type Asked = 'nothing' | 'told to wait' | 'tried';

interface Outcome {
  failed: boolean;
  /** Nothing answered the last attempt. */
  unreachable: boolean;
  /** The last attempt succeeded. */
  synced: boolean;
  pending: number;
  /** The time until which the server asked the device to wait. */
  until: Date | null;
}

/** The message shown after *Sync now*. It is hidden as soon as it is out of date. */
export function answerTo(
  asked: Asked,
  { failed, unreachable, synced, pending, until }: Outcome,
  now: Date,
): string {
  if (asked === 'told to wait' && until) return waitingWords(until, now);
  if (asked !== 'tried') return '';
  if (failed) return `${unreachable ? 'Still no connection' : "Still can't sync"}. We'll keep trying.`;
  return pending > 0 || !synced ? '' : 'Everything is sent and up to date.';
}

/** The facts about a failed attempt; `retryAfter` in milliseconds. */
interface Failed {
  retryAfter?: number | undefined;
}

/**
 * The time until which the server asked this device to wait; null if it may try at once.
 * @param triedAt the end of the attempt with that answer
 */
export function waitsUntil(failure: Failed | null, triedAt: Date | null, now: Date): Date | null {
  if (failure?.retryAfter === undefined || !triedAt) return null;
  const until = new Date(triedAt.getTime() + failure.retryAfter);
  return until > now ? until : null;
}

/** The sentence while the device has to wait. The time that it names is never too early. */
export function waitingWords(until: Date, now: Date): string {
  const asked = 'The server asked this device to wait';
  const after = 'It will then sync automatically.';
  if (until.getTime() - now.getTime() <= minute) return `${asked} for less than a minute. ${after}`;
  const full = new Date(Math.ceil(until.getTime() / minute) * minute);
  const sameDay = localDate(full) === localDate(now);
  return `${asked} until ${sameDay ? timeOfDay(full) : dayAndTime(full, now)}. ${after}`;
}
