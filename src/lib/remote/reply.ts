/** Why a call brought no answer that can be used. The sync engine reacts to these words alone. */
export type FailureKind =
  | 'unreachable'
  | 'unauthenticated'
  | 'maintenance'
  | 'rate_limited'
  | 'client_outdated'
  | 'deactivated'
  | 'not_a_member'
  | 'forbidden'
  | 'invalid_request'
  | 'too_large'
  | 'server_error';

export interface Failure {
  ok: false;
  kind: FailureKind;
  /** The server's stable code, or the HTTP status as a word, for /sync and for support. */
  code: string;
  /** A sentence for the person. */
  message: string;
  /** When the server asked to be left alone for a while, milliseconds. */
  retryAfter?: number | undefined;
}

export type Reply<T> = { ok: true; body: T } | Failure;

const sentences: Record<FailureKind, string> = {
  unreachable: 'Could not reach the server.',
  unauthenticated: 'Your session has ended. Sign in to sync.',
  maintenance: 'The server is down for maintenance.',
  rate_limited: 'The server asked this device to slow down.',
  client_outdated: 'This version of the app is too old to sync. Update it first.',
  deactivated: 'This account has been deactivated.',
  not_a_member: 'This account is not part of the team.',
  forbidden: 'Your role does not allow this.',
  invalid_request: 'The server could not read a change.',
  too_large: 'A change is too large to send.',
  server_error: 'The server had a problem.',
};

export function failure(kind: FailureKind, code: string = kind, retryAfter?: number): Failure {
  return { ok: false, kind, code, message: sentences[kind], retryAfter };
}

const kindOfCode: Record<string, FailureKind> = {
  maintenance: 'maintenance',
  rate_limited: 'rate_limited',
  busy: 'rate_limited',
  client_outdated: 'client_outdated',
  deactivated: 'deactivated',
  not_a_member: 'not_a_member',
  forbidden: 'forbidden',
  invalid_request: 'invalid_request',
  too_large: 'too_large',
};

/**
 * Reads a refusal. Only the server's own codes have meaning; of a bare HTTP status nothing is believed
 * but 401 (sign in), 413 (split) and 429 (wait), so that a proxy's page can never wipe or outdate a device.
 */
export function refusal(status: number, error: { code?: unknown; details?: unknown }): Failure {
  const code = typeof error.code === 'string' ? error.code : '';
  const kind = kindOfCode[code];
  const seconds = Number(error.details);
  const retryAfter = error.details && Number.isFinite(seconds) ? seconds * 1000 : undefined;
  if (kind) return failure(kind, code, retryAfter);
  if (status === 401) return failure('unauthenticated', code || 'http_401');
  if (status === 413) return failure('too_large', code || 'http_413');
  if (status === 429) return failure('rate_limited', 'http_429', retryAfter);
  // Half a reply, or a page in its place.
  if (status >= 200 && status < 300) return failure('unreachable', 'unreadable_reply');
  if (status === 0 || status === 502 || status === 504) return failure('unreachable', `http_${status}`);
  return failure('server_error', code || `http_${status}`);
}
