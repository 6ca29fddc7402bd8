import { expect, test } from 'vitest';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { mutate } from '$lib/store/write';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { digestOf, verify } from './verify';

/** A server that holds `more` contacts beside those of the device. */
const serverWith = (store: Store, more: () => number): Remote => ({
  push: async () => failure('unreachable'),
  pull: async () => failure('unreachable'),
  digest: async () => {
    const { count, ...rest } = await digestOf(store, 'contacts');
    return { ok: true, body: [{ entity: 'contacts', count: count + more(), ...rest }] };
  },
});

test('what a colleague saves while the device is verified is no difference', async () => {
  const store = await testStore();
  let behind = 1;
  let syncs = 0;
  const remote = serverWith(store, () => behind);
  const sync = async () => {
    // The first sync was over before the colleague saved.
    if (syncs > 0) behind = 0;
    syncs += 1;
  };
  expect(await verify(store, remote, sync)).toEqual({ differences: [], rows: 0 });
  expect(syncs).toBe(2);
});

test('a difference that stays is told, with what is here and what is there', async () => {
  const store = await testStore();
  const remote = serverWith(store, () => 2);
  expect(await verify(store, remote, async () => undefined)).toEqual({
    differences: [{ entity: 'contacts', here: 0, there: 2 }],
    rows: 0,
  });
});

test('with unsent changes, or without a server, nothing is claimed', async () => {
  const store = await testStore();
  const remote = { ...serverWith(store, () => 0), digest: async () => failure('unreachable') };
  expect(await verify(store, remote, async () => undefined)).toEqual({
    failure: 'Could not reach the server.',
  });
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: store.newId(), values: { name: 'Oslo Bakery' } },
  ]);
  expect(
    await verify(
      store,
      serverWith(store, () => 0),
      async () => undefined,
    ),
  ).toEqual({
    failure: expect.stringContaining('not sent yet'),
  });
});
