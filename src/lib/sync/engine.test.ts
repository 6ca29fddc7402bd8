// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import { sessionKey } from '$lib/remote/endpoint';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { mutate } from '$lib/store/mutate';
import { testStore } from '$lib/store/test-store';
import { startSync } from './engine';
import { syncStatus } from './status.svelte';

/** A server that answers once somebody is signed in. */
class Server implements Remote {
  signedIn = false;
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
    this.signedIn
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
