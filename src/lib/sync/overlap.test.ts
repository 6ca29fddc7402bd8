import { expect, test } from 'vitest';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { writeMeta } from '$lib/store/meta';
import { discardMutation } from '$lib/store/discard';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';
import { pull } from './pull';
import { page, serverOf } from './test-server';

const nothing = { client_id: '', sent_at: '', mutations: [], events: [] };

const company = (id: string) => ({
  op: 'insert' as const,
  entity: 'companies' as const,
  id,
  values: { name: 'Harbour Foods' },
});

test('a pull that goes on where it was cut off settles nothing that was answered since it began', async () => {
  const store = await testStore();
  const id = store.newId();
  await runCycle(store, serverOf([page()]));
  await mutate(store, [company(id)]);
  await writeMeta(store.db, 'page', 'the second page, of a moment before the company');
  const shown: unknown[] = [];
  const remote = serverOf([page(), page()], async () => shown.push(await store.db.rows('companies').get(id)));
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
  expect(shown).toMatchObject([{ name: 'Harbour Foods' }, { name: 'Harbour Foods' }]);
});

test('what is offered again while the changes after a first pull travel is not settled by them', async () => {
  const store = await testStore();
  await mutate(store, [company(store.newId())]);
  const sent: number[] = [];
  const counting = (remote: Remote): Remote => ({
    ...remote,
    push: (request) => {
      sent.push(request.mutations.length);
      return remote.push(request);
    },
  });
  const cut = { ...serverOf([]), pull: async () => failure('unreachable') };
  await runCycle(store, counting(cut));
  await writeMeta(store.db, 'page', 'the second page, of a server that may have been restored since');
  expect(await runCycle(store, counting(serverOf([page(), page(), page()])))).toEqual({ failure: undefined });
  expect(sent).toEqual([1, 1]);
  expect(await store.db.outbox.where('state').equals('settled').count()).toBe(1);
});

test('a pull of several pages settles nothing: it skips what somebody changed while it ran', async () => {
  const store = await testStore();
  const id = store.newId();
  await runCycle(store, serverOf([page()]));
  await mutate(store, [company(id)]);
  const shown: unknown[] = [];
  const pages = [page({ page: 'the second', cursor: null, done: false }), page(), page()];
  const remote = serverOf(pages, async () => shown.push(await store.db.rows('companies').get(id)));
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
  expect(shown).toMatchObject(Array.from({ length: 3 }, () => ({ name: 'Harbour Foods' })));
});

test('a pull that another cycle has overtaken stores nothing old and begins again', async () => {
  const store = await testStore();
  const asked: (string | null)[] = [];
  const remote = serverOf([page({ cursor: 'old' }), page()]);
  const overtaken: Remote = {
    ...remote,
    pull: async (request) => {
      asked.push(request.cursor);
      if (asked.length === 1) await writeMeta(store.db, 'cursor', 'of the other cycle');
      return remote.pull(request);
    },
  };
  expect(await pull(store, overtaken)).toBeUndefined();
  expect(asked).toEqual([null, 'of the other cycle']);
});

test('what the first pull does not hold yet stays on the screen', async () => {
  const store = await testStore();
  const id = store.newId();
  await mutate(store, [company(id)]);
  const shown: unknown[] = [];
  const row = async () => shown.push(await store.db.rows('companies').get(id));
  await writeMeta(store.db, 'page', 'the second page, of a moment before the company');
  await runCycle(store, serverOf([page(), page(), page()], row));
  expect(shown).toMatchObject([
    { name: 'Harbour Foods' },
    { name: 'Harbour Foods' },
    { name: 'Harbour Foods' },
  ]);
});

test('an answer to what was discarded meanwhile does not bring it back', async () => {
  const store = await testStore();
  await mutate(store, [company(store.newId())]);
  const remote = serverOf([page()]);
  const slow: Remote = {
    ...remote,
    push: async (request) => {
      const [entry] = await store.db.outbox.toArray();
      if (entry) await discardMutation(store, entry.seq);
      return remote.push(request);
    },
  };
  await runCycle(store, slow);
  expect(await store.db.outbox.count()).toBe(0);
});

test('what another tab has had answered meanwhile is not refused by a request of this one', async () => {
  const store = await testStore();
  await writeMeta(store.db, 'epoch', 'e');
  await mutate(store, [company(store.newId())]);
  const good = serverOf([page(), page()]);
  const portal: Remote = {
    ...good,
    push: async ({ mutations }) => {
      if (mutations.length > 0) await runCycle(store, good);
      return mutations.length > 0 ? failure('too_large', 'http_413') : good.push(nothing);
    },
  };
  await runCycle(store, portal);
  expect((await store.db.outbox.toArray()).map(({ state, result }) => [state, result?.status])).toEqual([
    ['settled', 'applied'],
  ]);
});

test('a deactivated account hands over all it has not sent, batch by batch, before it is told so', async () => {
  const store = await testStore();
  for (let i = 0; i < 3; i += 1)
    await mutate(
      store,
      Array.from({ length: 300 }, () => company(store.newId())),
    );
  const kept = new Set<string>();
  const { failure: told } = await runCycle(store, {
    push: async ({ mutations }) => {
      for (const { mutation_id } of mutations) kept.add(mutation_id);
      return failure('deactivated');
    },
    pull: async () => failure('deactivated'),
    digest: async () => failure('deactivated'),
  });
  expect(kept.size).toBe(900);
  expect(told?.kind).toBe('deactivated');
});

test('a server restored from a backup is offered what it had answered, in the same cycle', async () => {
  const store = await testStore();
  await runCycle(store, serverOf([page()]));
  await mutate(store, [company(store.newId())]);
  await runCycle(store, serverOf([page()]));
  const pushed: string[] = [];
  const restored = serverOf([page({ reset: true, epoch: 'another' }), page({ epoch: 'another' })]);
  await runCycle(store, {
    ...restored,
    push: (request) => {
      pushed.push(...request.mutations.map((mutation) => mutation.mutation_id));
      return restored.push(request);
    },
  });
  expect(pushed).toEqual((await store.db.outbox.toArray()).map((entry) => entry.mutation_id));
  expect(pushed).toHaveLength(1);
});

test('a device whose first pull never ended knows a restored server too', async () => {
  const store = await testStore();
  await mutate(store, [company(store.newId())]);
  const dead = { ...serverOf([]), pull: async () => failure('unreachable') };
  expect((await runCycle(store, dead)).failure).toBeDefined();
  let offered = 0;
  const restored = serverOf([page({ epoch: 'another' }), page({ epoch: 'another' })]);
  await runCycle(store, {
    ...restored,
    push: (request) => {
      offered += request.mutations.length;
      return restored.push(request);
    },
  });
  expect(offered).toBe(1);
});
