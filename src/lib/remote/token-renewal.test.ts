// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import { callRpc } from './rpc';
import { json, lifetime, page, pass, server, signIn, withServer } from './test-server';

const day = 86_400_000;

withServer();

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
