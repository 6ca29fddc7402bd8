// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import { sessionKey } from '$lib/remote/endpoint';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { startSync } from './engine';
import { syncStatus } from './status.svelte';

/** A server that answers once somebody is signed in. */
class Server implements Remote {
  signedIn = false;
  pulls = 0;
  readonly push: Remote['push'] = async ({ mutations }) =>
    this.signedIn
      ? {
          ok: true,
          body: {
            server_time: '2026-01-01T00:00:00Z',
            results: mutations.map(({ mutation_id }) => ({ mutation_id, status: 'applied' as const })),
            events_accepted: 0,
          },
        }
      : failure('unauthenticated');
  readonly pull: Remote['pull'] = async () =>
    (this.pulls += 1) && this.signedIn
      ? {
          ok: true,
          body: {
            server_time: '2026-01-01T00:00:00Z',
            epoch: 'e',
            reset: false,
            changes: [],
            page: null,
            cursor: 'newest',
            done: true,
          },
        }
      : failure('unauthenticated');
  readonly digest: Remote['digest'] = async () => failure('unreachable');
}

test('a tab whose session had ended goes on by itself when another one signs in again', async () => {
  const store = await testStore();
  const server = new Server();
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: store.newId(), values: { name: 'Oslo Bakery' } },
  ]);
  onTestFinished(
    startSync(
      store,
      async () => server,
      () => undefined,
    ),
  );
  await vi.waitFor(() => expect(syncStatus.text).toBe('Sign in to sync, 1 pending'), { timeout: 10_000 });
  server.signedIn = true;
  dispatchEvent(new StorageEvent('storage', { key: sessionKey, newValue: '{}' }));
  await vi.waitFor(() => expect(syncStatus.text).toBe('Synced'), { timeout: 10_000 });
}, 30_000);

const backFromTheCache = Object.assign(new Event('pageshow'), { persisted: true });
test.each<[string, EventTarget, Event]>([
  ['the network is back', window, new Event('online')],
  ['the page is on the screen again', document, new Event('visibilitychange')],
  ['the system lets a frozen page go on', document, new Event('resume')],
  ['the browser takes the page from its cache', window, backFromTheCache],
])(
  'syncs at once when %s',
  async (_, target, event) => {
    const store = await testStore();
    const server = new Server();
    server.signedIn = true;
    onTestFinished(
      startSync(
        store,
        async () => server,
        () => undefined,
      ),
    );
    await vi.waitFor(() => expect(syncStatus.text).toBe('Synced'), { timeout: 10_000 });
    const before = server.pulls;
    target.dispatchEvent(event);
    await vi.waitFor(() => expect(server.pulls).toBeGreaterThan(before), { timeout: 10_000 });
  },
  30_000,
);

test('a disk that fails in a sync is told as such, and what was written waits for the next one', async () => {
  const store = await testStore();
  const server = new Server();
  server.signedIn = true;
  let broken = true;
  const load = async () => {
    if (broken) throw Object.assign(new Error('The disk is full.'), { name: 'QuotaExceededError' });
    return server;
  };
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: store.newId(), values: { name: 'Oslo Bakery' } },
  ]);
  onTestFinished(startSync(store, load, () => undefined));
  await vi.waitFor(() => expect(syncStatus.text).toBe('Offline, 1 pending'), { timeout: 10_000 });
  expect(syncStatus.failure?.code).toBe('device_QuotaExceededError');
  broken = false;
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(syncStatus.text).toBe('Synced'), { timeout: 10_000 });
}, 30_000);

test('sync says Offline until its code has loaded', async () => {
  const store = await testStore();
  const server = new Server();
  server.signedIn = true;
  let lost = true;
  const load = async () => {
    if (!lost) return server;
    // As Vite reports an `import()` that fails.
    const payload = new TypeError('Failed to fetch dynamically imported module');
    dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }));
    throw payload;
  };
  onTestFinished(startSync(store, load, () => undefined));
  await vi.waitFor(() => expect(syncStatus.lacksCode).toBe(true), { timeout: 10_000 });
  expect(syncStatus.text).toBe('Offline');
  lost = false;
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(syncStatus.text).toBe('Synced'), { timeout: 10_000 });
  expect(syncStatus.lacksCode).toBe(false);
}, 30_000);
