import { readBody } from './body.ts';

/** Answers the e-mail addresses of the demo accounts there are, for the sign-in page. */
export const ACCOUNTS_PATH = '/embedded/accounts.json';

const MOUNTED = ['/auth/v1', '/rest/v1', ACCOUNTS_PATH];

/** Headers by which a client could claim to be at another address. */
const CLAIMED_ADDRESS = ['cf-connecting-ip', 'forwarded', 'true-client-ip', 'x-forwarded-for', 'x-real-ip'];

/** Whether the embedded backend answers this path; everything else belongs to the app. */
export function isMounted(path: string): boolean {
  return MOUNTED.some(
    (prefix) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`),
  );
}

/**
 * Plays the edge in front of a hosted project: the address a request comes from is that of its socket, whatever
 * its headers say, the schema it reaches is `api`, whichever it asks for, and what is too large goes no further.
 *
 * @returns the request as the backend gets it, or the answer to one that is refused
 * @throws where the client breaks off in the middle of its request
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
