import { isUtf8 } from 'node:buffer';
import { readBody } from './body.ts';

/** Answers with the email addresses of the existing demo accounts, for the sign-in page. */
export const ACCOUNTS_PATH = '/embedded/accounts.json';

const MOUNTED = ['/auth/v1', '/rest/v1', ACCOUNTS_PATH];

/** Headers that a client could use to claim another address. */
const CLAIMED_ADDRESS = ['cf-connecting-ip', 'forwarded', 'true-client-ip', 'x-forwarded-for', 'x-real-ip'];

/** Whether the embedded backend answers this path; the app answers all others. */
export function isMounted(path: string): boolean {
  return MOUNTED.some(
    (prefix) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`),
  );
}

/** PostgREST's answer to a body that is not text in UTF-8. */
const NOT_UTF8 = { code: 'PGRST102', message: 'Empty or invalid json', details: null, hint: null };

/**
 * Acts like the edge of a hosted project, and in part like PostgREST: the client's address is that of its socket,
 * whatever its headers say, the schema is `api` if the request names none, and a request that is too large or is not
 * UTF-8 is refused.
 *
 * @returns the request for the backend, or the answer to a request that is refused
 * @throws if the client disconnects in the middle of its request
 */
export async function throughEdge(request: Request, peerAddress: string | null): Promise<Request | Response> {
  const body = await readBody(request);
  if (body instanceof Response) return body;
  if (body && !isUtf8(body)) return Response.json(NOT_UTF8, { status: 400 });
  const headers = new Headers(request.headers);
  for (const name of CLAIMED_ADDRESS) headers.delete(name);
  const address = plainAddress(peerAddress);
  if (address) headers.set('cf-connecting-ip', address);
  for (const profile of ['accept-profile', 'content-profile'])
    if (!headers.has(profile)) headers.set(profile, 'api');
  return new Request(request.url, { method: request.method, headers, body });
}

/** A dual-stack socket reports IPv4 peers as `::ffff:127.0.0.1`. */
const plainAddress = (address: string | null) => address?.replace(/^::ffff:/, '') ?? null;
