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

/**
 * Acts like the edge of a hosted project: the client's address is that of its socket, whatever its headers say, the
 * schema is `api`, whatever the request asks for, and a request that is too large is refused.
 *
 * @returns the request for the backend, or the answer to a request that is refused
 * @throws if the client disconnects in the middle of its request
 */
export async function throughEdge(request: Request, peerAddress: string | null): Promise<Request | Response> {
  const body = await readBody(request);
  if (body instanceof Response) return body;
  const headers = new Headers(request.headers);
  for (const name of CLAIMED_ADDRESS) headers.delete(name);
  const address = plainAddress(peerAddress);
  if (address) headers.set('cf-connecting-ip', address);
  headers.set('accept-profile', 'api');
  headers.set('content-profile', 'api');
  return new Request(request.url, { method: request.method, headers, body });
}

/** A dual-stack socket reports IPv4 peers as `::ffff:127.0.0.1`. */
const plainAddress = (address: string | null) => address?.replace(/^::ffff:/, '') ?? null;
