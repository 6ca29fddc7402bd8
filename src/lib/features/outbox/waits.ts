import { dayAndTime, localDate, timeOfDay } from '$lib/ui/format-date';

const minute = 60_000;

/** What the button *Sync now* led to, while that is still what there is to say. */
export type Asked = 'nothing' | 'told to wait' | 'tried';

interface Outcome {
  failed: boolean;
  /** Nothing answered the newest try. */
  unreachable: boolean;
  /** The newest try succeeded. */
  synced: boolean;
  pending: number;
  /** Until when the server wants to be left alone. */
  until: Date | null;
}

/** The answer to *Sync now*. It speaks of the present: nothing that has become untrue since the button was pressed. */
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

/** What is told of a failed try; `retryAfter` in milliseconds. */
interface Failed {
  retryAfter?: number | undefined;
}

/**
 * Until when the server asked this device to leave it alone; null where it may try at once.
 * @param triedAt when the try ended that the server answered so
 */
export function waitsUntil(failure: Failed | null, triedAt: Date | null, now: Date): Date | null {
  if (failure?.retryAfter === undefined || !triedAt) return null;
  const until = new Date(triedAt.getTime() + failure.retryAfter);
  return until > now ? until : null;
}

/** What a person is told while the server wants to be left alone; the minute named is never too early. */
export function waitingWords(until: Date, now: Date): string {
  const asked = 'The server asked this device to wait';
  const after = 'It will then sync automatically.';
  if (until.getTime() - now.getTime() <= minute) return `${asked} for less than a minute. ${after}`;
  const full = new Date(Math.ceil(until.getTime() / minute) * minute);
  const sameDay = localDate(full) === localDate(now);
  return `${asked} until ${sameDay ? timeOfDay(full) : dayAndTime(full, now)}. ${after}`;
}
