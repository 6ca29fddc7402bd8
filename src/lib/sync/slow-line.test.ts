// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import type { PullReply } from '$lib/remote/wire';
import { mutate } from '$lib/store/write';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';
import { startSync } from './engine';
import { Connection } from './request-size';
import { syncStatus } from './status.svelte';
import { page, serverOf, wire } from './test-server';

/** Reported as a gateway timeout, which says that time has passed: in these tests none does. */
const cutOff = failure('unreachable', 'http_504');

/**
 * Runs cycles on one line until everything is through. Since no time passes, requests grow again after each success and
 * are cut off again.
 * @returns false if it was not through after 100 cycles
 */
async function getsThrough(store: Store, remote: Remote): Promise<boolean> {
  const connection = new Connection();
  for (let cycles = 0; cycles < 100; cycles += 1)
    if (!(await runCycle(store, remote, connection)).failure) return true;
  return false;
}

/** A page of these companies; the token of the next page is the number of companies before it. */
function pageOf(ids: string[], { page: token, limit }: { page: string | null; limit: number }): PullReply {
  const from = Number(token ?? 0);
  const end = from + limit;
  const rows = ids.slice(from, end).map((id) => wire(id, 'Harbour Foods'));
  const isLast = end >= ids.length;
  return page({
    changes: [{ entity: 'companies', rows }],
    ...(!isLast && { page: String(end), cursor: null, done: false }),
  });
}

test('an outbox gets through a line that carries little at a time', async () => {
  const store = await testStore();
  // A first pull, because a device offers again what it sent before it knew the server's epoch.
  await runCycle(store, serverOf([page()]));
  const names = Array.from({ length: 120 }, (_, at) => `Harbour Foods ${at}`);
  await mutate(
    store,
    names.map((name) => ({ op: 'insert', entity: 'companies', id: store.newId(), values: { name } })),
  );
  const arrived: unknown[] = [];
  const { push } = serverOf([]);
  const remote: Remote = {
    ...serverOf([]),
    push: async (request) => {
      if (JSON.stringify(request).length > 10_000) return cutOff;
      arrived.push(...request.mutations.map(({ patch }) => patch.name));
      return push(request);
    },
    pull: async () => ({ ok: true, body: page() }),
  };
  expect(await getsThrough(store, remote)).toBe(true);
  expect(arrived).toEqual(names);
});

test('a first pull gets through a line that carries little at a time', async () => {
  const store = await testStore();
  const ids = Array.from({ length: 400 }, () => store.newId());
  const remote: Remote = {
    ...serverOf([]),
    pull: async (request) =>
      request.limit > 50 ? cutOff : { ok: true, body: request.cursor ? page() : pageOf(ids, request) },
  };
  expect(await getsThrough(store, remote)).toBe(true);
  expect(await store.db.rows('companies').count()).toBe(400);
});

test('the status is true and the count exact while the first rows arrive', async () => {
  const store = await testStore();
  const ids = [store.newId(), store.newId(), store.newId()];
  let isCut = true;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const remote: Remote = {
    ...serverOf([]),
    pull: async (request) => {
      if (isCut) return failure('unreachable');
      if (request.page) await held;
      return { ok: true, body: request.cursor ? page() : pageOf(ids, { page: request.page, limit: 2 }) };
    },
  };
  onTestFinished(
    startSync(
      store,
      async () => remote,
      () => undefined,
    ),
  );
  const soon = { timeout: 10_000 };
  await vi.waitFor(() => expect(syncStatus.text).toBe('Offline'), soon);
  isCut = false;
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(syncStatus.firstSync?.rows).toBeGreaterThan(0), soon);
  await vi.waitFor(async () => expect(await store.db.rows('companies').count()).toBe(2), soon);
  expect([syncStatus.text, syncStatus.firstSync]).toEqual(['Syncing', { rows: 2 }]);
  release();
  await vi.waitFor(() => expect(syncStatus.text).toBe('Synced'), soon);
  expect(syncStatus.firstSync).toBeNull();
}, 30_000);
