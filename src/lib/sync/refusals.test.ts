import { expect, test } from 'vitest';
import { failure, type Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';
import { Connection } from './request-size';
import { page, serverOf } from './test-server';

const company = (id: string, name: string): Edit => ({
  op: 'insert',
  entity: 'companies',
  id,
  values: { name },
});

/** A server behind something that refuses every request with this word in it. */
function behindFirewall(word: string, refusal: Failure = failure('forbidden', 'http_403')) {
  const accepted: unknown[] = [];
  let pulls = 0;
  const open = serverOf([]);
  const remote: Remote = {
    ...open,
    push: async (request) => {
      if (JSON.stringify(request).includes(word)) return refusal;
      accepted.push(...request.mutations.map(({ patch }) => patch.name ?? patch.title));
      return open.push(request);
    },
    pull: async () => ((pulls += 1), { ok: true, body: page() }),
  };
  return { remote, accepted, pulls: () => pulls };
}

const waiting = async ({ db }: Store) =>
  (await db.outbox.where('state').equals('pending').toArray()).map(({ patch }) => patch.name ?? patch.title);

test('after repeated refusals by something in between, the others get through', async () => {
  const store = await testStore();
  await mutate(
    store,
    ['Ana Bakery', 'DROP TABLE Foods', 'Cod Cellar'].map((name) => company(store.newId(), name)),
  );
  const { remote, accepted } = behindFirewall('DROP TABLE');
  const connection = new Connection();
  for (const left of [3, 3, 1]) {
    expect((await runCycle(store, remote, connection)).failure?.code).toBe('http_403');
    expect(await waiting(store)).toHaveLength(left);
  }
  expect(accepted).toEqual(['Ana Bakery', 'Cod Cellar']);
  // It is not refused for good. Another network may let it through.
  expect((await runCycle(store, serverOf([page(), page()]), connection)).failure).toBeUndefined();
  expect(await waiting(store)).toEqual([]);
});

test('what depends on a change that is held up does not overtake it', async () => {
  const store = await testStore();
  const [held, free, contact] = [store.newId(), store.newId(), store.newId()];
  await mutate(store, [company(held, 'DROP TABLE Foods')]);
  await mutate(store, [{ op: 'update', entity: 'companies', id: held, values: { name: 'Drop Foods' } }]);
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: contact, values: { title: 'Chef', company_id: held } },
  ]);
  await mutate(store, [company(free, 'Ana Bakery')]);
  const { remote, accepted } = behindFirewall('DROP TABLE');
  const connection = new Connection();
  for (let each = 0; each < 3; each++) await runCycle(store, remote, connection);
  expect(accepted).toEqual(['Ana Bakery']);
  expect(await waiting(store)).toEqual(['DROP TABLE Foods', 'Drop Foods', 'Chef']);
});

test('a group is held up whole', async () => {
  const store = await testStore();
  const group = ['Ana Bakery', 'DROP TABLE Foods'].map((name) => company(store.newId(), name));
  await mutate(store, group, { group: true });
  await mutate(store, [company(store.newId(), 'Cod Cellar')]);
  const { remote, accepted } = behindFirewall('DROP TABLE');
  const connection = new Connection();
  for (let each = 0; each < 3; each++) await runCycle(store, remote, connection);
  expect(accepted).toEqual(['Cod Cellar']);
});

test('if the server fails altogether, changes are not tried one by one', async () => {
  const store = await testStore();
  await mutate(
    store,
    Array.from({ length: 50 }, (_, each) => company(store.newId(), `Company ${each}`)),
  );
  let pushes = 0;
  const broken: Remote = {
    ...serverOf([]),
    push: async () => ((pushes += 1), failure('server_error', 'http_500')),
    pull: async () => failure('server_error', 'http_500'),
  };
  const connection = new Connection();
  for (let each = 0; each < 5; each++) await runCycle(store, broken, connection);
  expect(await waiting(store)).toHaveLength(50);
  // Once in each cycle, and from the third on once more with nothing in it.
  expect(pushes).toBe(8);
});

test('a failed push does not keep the pull from running', async () => {
  const store = await testStore();
  await mutate(store, [company(store.newId(), 'DROP TABLE Foods')]);
  const { remote, pulls } = behindFirewall('DROP TABLE', failure('server_error', '57014'));
  expect((await runCycle(store, remote)).failure?.code).toBe('57014');
  expect(pulls()).toBe(1);
});

/** A server that needs too long for more than so many changes, and says so with this failure. */
function slowServer(most: number, refusal: Failure) {
  const sizes: number[] = [];
  const open = serverOf([]);
  const remote: Remote = {
    ...open,
    push: async (request) => {
      sizes.push(request.mutations.length);
      return request.mutations.length > most ? refusal : open.push(request);
    },
    pull: async () => ({ ok: true, body: page() }),
  };
  return { remote, sizes };
}

test.each([failure('server_error', '57014'), failure('unreachable', 'http_504')])(
  'a push that ran out of time ($code) goes on in smaller parts at once',
  async (refusal) => {
    const store = await testStore();
    await mutate(
      store,
      Array.from({ length: 400 }, (_, each) => company(store.newId(), `Company ${each}`)),
    );
    const { remote, sizes } = slowServer(60, refusal);
    expect((await runCycle(store, remote)).failure).toBeUndefined();
    expect(await waiting(store)).toEqual([]);
    expect(sizes.slice(0, 4)).toEqual([400, 200, 100, 50]);
  },
);

test('a server that is out of time for everything is soon left alone', async () => {
  const store = await testStore();
  await mutate(
    store,
    Array.from({ length: 400 }, (_, each) => company(store.newId(), `Company ${each}`)),
  );
  const { remote, sizes } = slowServer(0, failure('server_error', '57014'));
  expect((await runCycle(store, remote)).failure?.code).toBe('57014');
  expect(sizes).toEqual([400, 200, 100, 50]);
  expect(await waiting(store)).toHaveLength(400);
});

test('a change that always runs out of time holds up no other', async () => {
  const store = await testStore();
  // A first pull, because a device offers again what it sent before it knew the server's epoch.
  await runCycle(store, serverOf([page()]));
  await mutate(
    store,
    ['Ana Bakery', 'DROP TABLE Foods', 'Cod Cellar'].map((name) => company(store.newId(), name)),
  );
  const { remote, accepted } = behindFirewall('DROP TABLE', failure('unreachable', 'http_504'));
  const connection = new Connection();
  for (let each = 0; each < 3; each++) await runCycle(store, remote, connection);
  expect(accepted).toEqual(['Ana Bakery', 'Cod Cellar']);
  expect(await waiting(store)).toEqual(['DROP TABLE Foods']);
});

test.each([failure('rate_limited', 'busy', 1_000), failure('unreachable', 'http_504')])(
  'a push that the server answers with $code does not keep the pull from running',
  async (refusal) => {
    const store = await testStore();
    await mutate(store, [company(store.newId(), 'DROP TABLE Foods')]);
    const { remote, pulls } = behindFirewall('DROP TABLE', refusal);
    expect((await runCycle(store, remote)).failure).toEqual(refusal);
    expect(pulls()).toBe(1);
  },
);

test('a device whose id belongs to somebody else gets a new one', async () => {
  const store = await testStore();
  await mutate(store, [company(store.newId(), 'Ana Bakery')]);
  const ids = new Set<string>();
  const open = serverOf([page(), page()]);
  const taken: Remote = {
    ...open,
    push: async (request) => {
      ids.add(request.client_id);
      return ids.size === 1 ? failure('server_error', 'client_taken') : open.push(request);
    },
  };
  expect((await runCycle(store, taken)).failure).toBeUndefined();
  expect(await waiting(store)).toEqual([]);
  expect(ids.size).toBe(2);
});
