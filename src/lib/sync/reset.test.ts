import { expect, test, vi } from 'vitest';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import type { PullReply } from '$lib/remote/wire';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';
import { page, serverOf, wire } from './test-server';

test('a row that changes while everything is fetched again stays visible', async () => {
  const store = await testStore();
  const [first, changed, gone] = [store.newId(), store.newId(), store.newId()];
  const rows = [first, changed, gone].map((id) => wire(id, 'Harbour Foods'));
  await runCycle(store, serverOf([page({ changes: [{ entity: 'companies', rows }] })]));
  const shown: unknown[] = [];
  const remote = serverOf(
    [
      page({
        reset: true,
        page: 'the second',
        cursor: null,
        done: false,
        changes: [{ entity: 'companies', rows: [wire(first, 'Harbour Foods')] }],
      }),
      page({ cursor: 'of the pages' }),
      page({ changes: [{ entity: 'companies', rows: [wire(changed, 'Harbour Seafood')] }] }),
    ],
    async () => shown.push((await store.db.rows('companies').get(changed))?.name),
  );
  const asked: (string | null)[] = [];
  const noting: Remote = { ...remote, pull: (request) => (asked.push(request.cursor), remote.pull(request)) };
  expect(await runCycle(store, noting)).toEqual({ failure: undefined });
  expect(shown).toEqual(['Harbour Foods', 'Harbour Foods', 'Harbour Foods']);
  expect(asked).toEqual(['newest', 'newest', 'of the pages']);
  expect((await store.db.rows('companies').toArray()).map(({ name }) => name).sort()).toEqual([
    'Harbour Foods',
    'Harbour Seafood',
  ]);
});

test('a reset that starts over after a cut deletes at the end of the second', async () => {
  const store = await testStore();
  const [kept, gone] = [store.newId(), store.newId()];
  const rows = [kept, gone].map((id) => wire(id, 'Harbour Foods'));
  await runCycle(store, serverOf([page({ changes: [{ entity: 'companies', rows }] })]));
  const reset = () => page({ reset: true, changes: [{ entity: 'companies', rows: rows.slice(0, 1) }] });
  const pages = serverOf([{ ...reset(), page: 'the second', cursor: null, done: false }, page()]);
  let pulls = 0;
  const cut: Remote = {
    ...pages,
    pull: async (request) => ((pulls += 1) > 2 ? failure('unreachable') : pages.pull(request)),
  };
  expect((await runCycle(store, cut)).failure?.kind).toBe('unreachable');
  expect(await store.db.rows('companies').count()).toBe(2);
  await runCycle(store, serverOf([reset()]));
  expect((await store.db.rows('companies').toArray()).map(({ id }) => id)).toEqual([kept]);
});

test('a first pull cut off by a restored server keeps no lost rows', async () => {
  const store = await testStore();
  const [lost, kept] = [store.newId(), store.newId()];
  const brings = (id: string) => [{ entity: 'members' as const, rows: [wire(id, 'Somebody')] }];
  const more = (details: Partial<PullReply>) =>
    page({ page: 'the second', cursor: null, done: false, ...details });
  const cutAfter = (first: PullReply): Remote => {
    const pages = [first];
    const remote = serverOf(pages);
    return {
      ...remote,
      pull: async (request) => (pages.length > 0 ? remote.pull(request) : failure('unreachable')),
    };
  };
  await runCycle(store, cutAfter(more({ changes: brings(lost) })));
  await runCycle(store, cutAfter(more({ reset: true, epoch: 'another', changes: brings(kept) })));
  const whole = page({ epoch: 'another', changes: brings(kept) });
  const since = page({ epoch: 'another' });
  expect(await runCycle(store, serverOf([whole, since]))).toEqual({ failure: undefined });
  expect((await store.db.rows('members').toArray()).map(({ id }) => id)).toEqual([kept]);
});

test('a reset continues with the same page after each cut', async () => {
  const store = await testStore();
  const ids = Array.from({ length: 4 }, () => store.newId());
  const changes = (...which: number[]) => [
    { entity: 'companies' as const, rows: which.map((index) => wire(ids[index] ?? '', `Company ${index}`)) },
  ];
  await runCycle(store, serverOf([page({ changes: changes(0, 1, 2, 3) })]));
  const more = (name: string, details: Partial<PullReply>) =>
    page({ page: name, cursor: null, done: false, ...details });
  const asked: (string | null)[] = [];
  // Each pull brings one page, then the line is cut.
  for (const body of [
    more('second', { reset: true, changes: changes(0) }),
    more('third', { changes: changes(1) }),
    page({ cursor: 'of the pages', changes: changes(2) }),
  ]) {
    let cut = false;
    const remote = serverOf([body]);
    const pull: Remote['pull'] = async (request) => {
      if (cut) return failure('unreachable');
      cut = true;
      asked.push(request.page ?? request.cursor);
      return remote.pull(request);
    };
    expect((await runCycle(store, { ...remote, pull })).failure?.kind).toBe('unreachable');
    expect(await store.db.rows('companies').count()).toBe(4);
  }
  expect(asked).toEqual(['newest', 'second', 'third']);
  expect(await runCycle(store, serverOf([page()]))).toEqual({ failure: undefined });
  expect((await store.db.rows('companies').toCollection().primaryKeys()).sort()).toEqual(
    ids.slice(0, 3).sort(),
  );
  expect(
    (await store.db.meta.toCollection().primaryKeys()).filter((key) => key.startsWith('full_pull')),
  ).toEqual([]);
});

test('a cycle that slept through the end of a full pull deletes nothing', async () => {
  const store = await testStore();
  const kept = store.newId();
  const changes = [{ entity: 'companies' as const, rows: [wire(kept, 'Harbour Foods')] }];
  await runCycle(store, serverOf([page({ changes })]));
  let release: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (release = resolve));
  const pages = [page({ reset: true, page: 'second', cursor: null, done: false, changes }), page()];
  const slow: Remote = {
    ...serverOf([]),
    pull: async () => {
      const body = pages.shift();
      // The changes since the pages are what this cycle sleeps before.
      if (!body) await asleep;
      return { ok: true, body: body ?? page() };
    },
  };
  const sleeping = runCycle(store, slow);
  await vi.waitFor(() => expect(pages).toHaveLength(0));
  await vi.waitFor(async () => expect((await store.db.meta.get('cursor'))?.value).toBe('newest'));
  await runCycle(store, serverOf([page(), page()]));
  release();
  await sleeping;
  expect(await store.db.rows('companies').toCollection().primaryKeys()).toEqual([kept]);
});
