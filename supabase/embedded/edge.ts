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
 * its headers say, and the schema it reaches is `api`, whichever it asks for.
 */
export function throughEdge(request: Request, peerAddress: string | null): Request {
  const headers = new Headers(request.headers);
  for (const name of CLAIMED_ADDRESS) headers.delete(name);
  const address = plainAddress(peerAddress);
  if (address) headers.set('cf-connecting-ip', address);
  headers.set('accept-profile', 'api');
  headers.set('content-profile', 'api');
  const init: RequestInit & { duplex: 'half' } = { method: request.method, headers, duplex: 'half' };
  if (request.method !== 'GET' && request.method !== 'HEAD') init.body = request.body;
  return new Request(request.url, init);
}

/** A dual-stack socket reports IPv4 peers as `::ffff:127.0.0.1`. */
const plainAddress = (address: string | null) => address?.replace(/^::ffff:/, '') ?? null;
