import { afterEach, beforeEach, expect, vi } from 'vitest';
import { forgetTokens, supabase } from './client';

/** Seconds that a token is good for. */
export const lifetime = 3600;

/** No two tokens are the same. */
let given = 0;

/** A server with a clock of its own: it gives tokens that are good for an hour, and refuses those that have ended. */
class Server {
  now = Date.parse('2026-03-01T08:00:00Z');
  signIns = 0;
  refreshes = 0;
  calls = 0;
  /** Whether it still knows the person. */
  knows = true;

  readonly fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(url instanceof Request ? url.url : url).pathname;
    if (path.endsWith('/health')) return json(200, 'crm-ok');
    if (path.endsWith('/token')) return this.#token(new URL(String(url)).searchParams.get('grant_type'));
    const token = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '';
    const { exp } = JSON.parse(atob(token.split('.')[1] ?? '')) as { exp: number };
    if (exp * 1000 <= this.now) return json(401, { code: 'PGRST303', message: 'JWT expired' });
    this.calls += 1;
    return json(200, { answer: 'here' });
  };

  #token(grant: string | null): Response {
    if (!this.knows) return json(400, { code: 'refresh_token_not_found', msg: 'Invalid Refresh Token' });
    if (grant === 'refresh_token') this.refreshes += 1;
    else this.signIns += 1;
    given += 1;
    const exp = Math.round(this.now / 1000) + lifetime;
    const claims = btoa(JSON.stringify({ exp, sub: 'me', given }));
    return json(200, {
      access_token: `${btoa('{"alg":"HS256","typ":"JWT"}')}.${claims}.signed`,
      token_type: 'bearer',
      expires_in: lifetime,
      expires_at: exp,
      refresh_token: `refresh ${given}`,
      user: { id: 'me', email: 'rep@example.com' },
    });
  }
}

/** An answer in JSON. */
export const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** The server of the test that runs. */
export let server: Server;

/** Gives each test of a file a server, a clock and a device where nobody is signed in. */
export function withServer(): void {
  beforeEach(() => {
    server = new Server();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => server.fetch(url, init));
    forgetTokens();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

/** Time passes, on a device whose clock is `off` milliseconds from the server's. */
export function pass(milliseconds: number, off: number): void {
  server.now += milliseconds;
  vi.setSystemTime(server.now + off);
}

/** Signs the person in, with a fresh token. */
export async function signIn(): Promise<void> {
  const { error } = await (
    await supabase()
  ).auth.signInWithPassword({ email: 'rep@example.com', password: 'secret' });
  expect(error).toBeNull();
}

/** The head of an answer that is a page. */
export const page = { 'content-type': 'text/html' };
