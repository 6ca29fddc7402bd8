// @vitest-environment jsdom
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { forgetTokens, supabase } from './client';
import { createRemote, remoteOf } from './remote';
import { callRpc } from './rpc';

const day = 86_400_000;
const lifetime = 3600;

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

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

let server: Server;

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

/** Time passes, on a device whose clock is `off` milliseconds from the server's. */
function pass(milliseconds: number, off: number): void {
  server.now += milliseconds;
  vi.setSystemTime(server.now + off);
}

async function signIn(): Promise<void> {
  const { error } = await (
    await supabase()
  ).auth.signInWithPassword({ email: 'rep@example.com', password: 'secret' });
  expect(error).toBeNull();
}

test.each([
  ['right', 0],
  ['three weeks behind', -21 * day],
  ['three weeks ahead', 21 * day],
])('with a clock that is %s, a session lasts as long as any', async (_, off) => {
  pass(0, off);
  await signIn();
  for (let minutes = 0; minutes < 240; minutes += 20) {
    expect(await callRpc('sync_pull', {})).toEqual({ ok: true, body: { answer: 'here' } });
    pass(20 * 60_000, off);
  }
  expect(server.signIns).toBe(1);
  expect(server.refreshes).toBeGreaterThan(1);
  expect(server.refreshes).toBeLessThan(6);
});

test('a clock that is set back while somebody is signed in does not sign them out', async () => {
  pass(0, 0);
  await signIn();
  pass(2 * 3_600_000, -5 * day);
  expect(await callRpc('sync_pull', {})).toEqual({ ok: true, body: { answer: 'here' } });
  expect(server.refreshes).toBe(1);
});

test('a session that has ended for good asks for the password', async () => {
  pass(0, 0);
  await signIn();
  server.knows = false;
  pass(2 * 3_600_000, -5 * day);
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: false, kind: 'unauthenticated' });
});

test('a captive portal that asks to sign in costs nobody the session', async () => {
  pass(0, 0);
  await signIn();
  const real = server.fetch;
  vi.stubGlobal('fetch', async () => new Response('<h1>Sign in to the hotel</h1>', { status: 401 }));
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: false });
  vi.stubGlobal('fetch', real);
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: true });
  expect([server.signIns, server.refreshes]).toEqual([1, 0]);
});

const page = { 'content-type': 'text/html' };
test.each<[string, () => Response | Promise<Response>]>([
  ['half of a reply', () => new Response('{"server_time":"2026-03-01T08', { status: 200 })],
  ['a page in its place', () => new Response('<h1>Welcome</h1>', { status: 200, headers: page })],
  ['a page of an error', () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: page })],
  ['a connection that is cut', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['a body that is cut', () => new Response(cutBody(), { status: 200 })],
])('%s is a failure that loses nothing, and not an answer', async (_, answer) => {
  pass(0, 0);
  await signIn();
  const real = server.fetch;
  vi.stubGlobal('fetch', async () => answer());
  const remote = createRemote(callRpc);
  expect(await remote.pull({ client_id: 'me', cursor: null, page: null, limit: 1 })).toMatchObject({
    ok: false,
    kind: 'unreachable',
  });
  vi.stubGlobal('fetch', real);
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: true });
});

/** A body whose connection ends in the middle of it. */
const cutBody = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"server_time":"2026'));
      controller.error(new TypeError('network error'));
    },
  });

test('a renewal of the token that is never answered ends, so that it does not hold up sync for good', async () => {
  pass(0, 0);
  await signIn();
  pass(2 * lifetime * 1000, 0);
  const answering = server.fetch;
  const wait = globalThis.setTimeout;
  // Half a minute is over at once.
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((then: () => void, milliseconds?: number) =>
    wait(then, milliseconds === 30_000 ? 0 : milliseconds)) as typeof setTimeout);
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (!String(url).includes('/token')) return answering(url, init);
    return new Promise((_, reject) =>
      init?.signal?.addEventListener('abort', () => {
        pass(30_000, 0);
        reject(new DOMException('Too long.', 'AbortError'));
      }),
    );
  });
  expect(await callRpc('anything', {})).toMatchObject({ ok: false, kind: 'unreachable' });
  vi.restoreAllMocks();
});

test.each<[string, string, () => Response]>([
  [
    'the sign-in service is asked too often',
    'server_error',
    () => json(429, { code: 'over_request_rate_limit' }),
  ],
  [
    'a filter on the way forbids it',
    'server_error',
    () => new Response('<h1>Forbidden</h1>', { status: 403, headers: page }),
  ],
  [
    'the network wants to be signed in to',
    'server_error',
    () => new Response('<h1>Hotel</h1>', { status: 511, headers: page }),
  ],
  [
    'the sign-in service is not there',
    'server_error',
    () => new Response('<h1>Unavailable</h1>', { status: 503, headers: page }),
  ],
  [
    'nothing is behind the gateway',
    'unreachable',
    () => new Response('<h1>Timeout</h1>', { status: 504, headers: page }),
  ],
])('a token that cannot be renewed because %s costs nobody the session', async (_, kind, answer) => {
  pass(0, 0);
  await signIn();
  pass(2 * lifetime * 1000, 0);
  const answering = server.fetch;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (!String(url).includes('/token')) return answering(url, init);
    // supabase-js tries for half a minute.
    pass(30_000, 0);
    return answer();
  });
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: false, kind });
  vi.stubGlobal('fetch', answering);
  pass(2 * 60_000, 0);
  expect(await callRpc('sync_pull', {})).toEqual({ ok: true, body: { answer: 'here' } });
  expect([server.signIns, server.refreshes]).toEqual([1, 1]);
});

test.each<[string, () => Promise<Response>]>([
  ['is told so too late', () => server.fetch('http://crm.example.com/token?grant_type=refresh_token')],
  [
    'comes too late for it',
    async () => json(400, { code: 'refresh_token_already_used', msg: 'Already Used' }),
  ],
])(
  'a tab whose token another one has just renewed, and which %s, goes on with the new token',
  async (_, late) => {
    pass(0, 0);
    await signIn();
    pass(2 * lifetime * 1000, 0);
    const answering = server.fetch;
    const other = await (await answering('http://crm.example.com/token?grant_type=refresh_token')).text();
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
      if (!url.includes('/token')) return answering(url, init);
      localStorage.setItem('atomic-crm:auth', other);
      return late();
    });
    expect(await callRpc('sync_pull', {})).toEqual({ ok: true, body: { answer: 'here' } });
  },
);

/** A hundred times faster, so that a slow line takes no time in a test. */
function hurry(): void {
  const wait = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((then: () => void, milliseconds = 0) =>
    wait(then, milliseconds / 100)) as typeof setTimeout);
  onTestFinished(() => void vi.restoreAllMocks());
}

test('an ended token is renewed over a line that takes six seconds for a request', async () => {
  pass(0, 0);
  await signIn();
  pass(2 * lifetime * 1000, 0);
  hurry();
  const answering = server.fetch;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    await new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      setTimeout(() => resolve(undefined), 6_000);
    });
    return answering(url, init);
  });
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: true });
  expect(server.refreshes).toBe(1);
});

test('a token that is refused right after its renewal asks nobody to sign in', async () => {
  pass(0, 0);
  await signIn();
  const answering = server.fetch;
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    String(url).includes('/rpc/sync')
      ? Promise.resolve(json(401, { code: 'PGRST303', message: 'JWT issued at future' }))
      : answering(url, init),
  );
  expect(await callRpc('sync_pull', {})).toMatchObject({ kind: 'server_error', code: 'token_refused' });
  vi.stubGlobal('fetch', answering);
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: true });
});

test('nothing is sent in the name of another person', async () => {
  pass(0, 0);
  await signIn();
  expect(await callRpc('sync_push', {}, 'somebody else')).toMatchObject({ code: 'session_of_another' });
  const work = { client_id: 'tablet', sent_at: '', mutations: [], events: [] };
  expect(await remoteOf('somebody else').push(work)).toMatchObject({ code: 'session_of_another' });
  const place = { client_id: 'tablet', cursor: null, page: null, limit: 1 };
  expect(await remoteOf('somebody else').pull(place)).toMatchObject({ code: 'session_of_another' });
  expect(server.calls).toBe(0);
  expect(await callRpc('sync_push', {}, 'me')).toMatchObject({ ok: true });
});

test.each([
  ['a server that answers with an error', 503, 'server_error'],
  ['a server that asks to wait', 429, 'rate_limited'],
  ['a gateway with nothing behind it', 502, 'unreachable'],
  ['a portal that wants a password', 401, 'unreachable'],
  ['a portal that answers anything', 200, 'unreachable'],
])('once the token has ended, %s is told as what it is', async (_, status, kind) => {
  pass(0, 0);
  await signIn();
  pass(2 * lifetime * 1000, 0);
  const answering = server.fetch;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) =>
    String(url).endsWith('/health') ? json(status, {}) : answering(url, init),
  );
  expect(await callRpc('sync_pull', {})).toMatchObject({ ok: false, kind });
  vi.stubGlobal('fetch', answering);
  expect(await callRpc('sync_pull', {}), 'and the session is kept').toMatchObject({ ok: true });
});
