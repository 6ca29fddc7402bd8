import { expect, test } from 'vitest';
import { createRemote, type Remote } from '$lib/remote/remote';
import { recordEvent } from '$lib/store/events';
import { mutate } from '$lib/store/write';
import type { Edit, SentMutation } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';

type Request = { mutations: SentMutation[]; events: object[]; limit: number };

/** A server that takes everything and has no news, and what it was asked. */
function patientServer() {
  const asked: { name: string; request: Request }[] = [];
  const remote = createRemote(async (name, given) => {
    const request = given as Request;
    asked.push({ name, request });
    const server_time = new Date().toISOString();
    const body =
      name === 'sync_push'
        ? {
            server_time,
            results: request.mutations.map(({ mutation_id }) => ({
              mutation_id,
              status: 'applied',
              version: 1,
            })),
            events_accepted: request.events.length,
            events_rejected: [],
          }
        : { server_time, epoch: 'one', reset: false, changes: [], page: null, cursor: 'one/1', done: true };
    return { ok: true, body };
  });
  const names = () => asked.map(({ name }) => name);
  return { remote, asked, names };
}

const companies = (store: Store, count: number): Edit[] =>
  Array.from({ length: count }, (_, index) => ({
    op: 'insert',
    entity: 'companies',
    id: store.newId(),
    values: { name: `Company ${index}` },
  }));

test('a thousand edits and a thousand events travel in two pushes, and one pull settles them', async () => {
  const store = await testStore();
  const { remote, asked, names } = patientServer();
  await runCycle(store, remote);
  asked.length = 0;
  await mutate(store, companies(store, 1000));
  const views = Array.from({ length: 1000 }, () =>
    recordEvent(store, { action: 'view', entity_type: 'companies' }),
  );
  await Promise.all(views);
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
  expect(names()).toEqual(['sync_push', 'sync_push', 'sync_pull']);
  expect(await store.db.outbox.where('state').equals('settled').count()).toBe(1000);
  expect(await store.db.base_rows.count()).toBe(0);
});

test('of a long outbox what was sent is settled a page at a time, and not all of it at the end at once', async () => {
  const store = await testStore();
  const { remote, names } = patientServer();
  await runCycle(store, remote);
  const settled: number[] = [];
  const pulling: Remote = {
    ...remote,
    pull: async (request) => {
      settled.push(await store.db.outbox.where('state').equals('settled').count());
      return remote.pull(request);
    },
  };
  await mutate(store, companies(store, 3400));
  expect(await runCycle(store, pulling)).toEqual({ failure: undefined });
  expect(settled).toEqual([0, 1500, 3000]);
  expect(names().filter((name) => name === 'sync_push')).toHaveLength(7);
  expect(await store.db.base_rows.count()).toBe(0);
});

test('a sync with nothing to say is one request of less than half a kilobyte', async () => {
  const store = await testStore();
  const { remote, asked, names } = patientServer();
  await runCycle(store, remote);
  asked.length = 0;
  await runCycle(store, remote);
  expect(names()).toEqual(['sync_pull']);
  expect(JSON.stringify(asked[0]?.request).length).toBeLessThan(500);
});

test('a first pull begins with a small page, a delta comes whole', async () => {
  const store = await testStore();
  const { remote, asked } = patientServer();
  await runCycle(store, remote);
  await runCycle(store, remote);
  const [first, delta] = asked.map(({ request }) => request.limit);
  expect(first).toBeLessThanOrEqual(250);
  expect(delta).toBe(2000);
});
