import type { FailureKind } from '$lib/remote/reply';

/** Everything the status is made of. */
export interface StatusFacts {
  /** Mutations that the server has not answered. */
  pending: number;
  /** Events that the server does not have. */
  events: number;
  conflicts: number;
  /** A cycle is under way. */
  running: boolean;
  /** Why the newest cycle failed; null when it succeeded or none has ended yet. */
  failed: FailureKind | null;
  /** A complete pull has succeeded since this page opened. */
  pulled: boolean;
}

export type Tone = 'ok' | 'busy' | 'pending' | 'offline' | 'alert';

export interface StatusWords {
  text: string;
  tone: Tone;
}

/** The server answers, but with an error. Nothing is lost, and the app tries again. */
const refused = (pending: number, cause: string): StatusWords => ({
  text: `${pending > 0 ? `${pending} pending` : 'Syncing'}: ${cause}`,
  tone: 'pending',
});

/**
 * The sync status in words. It says `Synced` only when the outbox and the events are empty and the newest
 * pull succeeded; the order of the lines is their precedence.
 */
export function statusWords(facts: StatusFacts): StatusWords {
  const { pending, events, conflicts, running, failed, pulled } = facts;
  const waiting = pending > 0 ? `, ${pending} pending` : '';
  switch (failed) {
    case 'client_outdated':
      return { text: 'Update required', tone: 'alert' };
    case 'unreachable':
      return { text: `Offline${waiting}`, tone: 'offline' };
    case 'server_error':
    case 'invalid_request':
    case 'too_large':
    case 'forbidden':
      return refused(pending, 'server problem');
    case 'rate_limited':
      return refused(pending, 'server busy');
    case 'unauthenticated':
    case 'deactivated':
    case 'not_a_member':
      return { text: `Sign in to sync${waiting}`, tone: 'alert' };
    case 'maintenance':
      return { text: `Maintenance${waiting}`, tone: 'offline' };
  }
  if (running && (pending > 0 || events > 0 || !pulled)) return { text: 'Syncing', tone: 'busy' };
  if (pending > 0) return { text: `${pending} pending`, tone: 'pending' };
  if (events > 0 || !pulled || failed) return { text: 'Syncing', tone: 'busy' };
  if (conflicts > 0)
    return { text: `${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'}`, tone: 'alert' };
  return { text: 'Synced', tone: 'ok' };
}
