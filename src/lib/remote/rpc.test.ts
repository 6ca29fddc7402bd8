// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { createRemote, remoteOf } from './remote';
import { callRpc } from './rpc';
import { lifetime, page, pass, server, signIn, json, withServer } from './test-server';

withServer();

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
