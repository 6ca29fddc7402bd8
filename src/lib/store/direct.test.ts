import { liveQuery, type Collection } from 'dexie';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeDirectly } from './direct';
import { mutate } from './write';
import type { Edit } from '$lib/entities/mutation';
import { testStore, watchOutbox } from './test-store';

const contact = (id: string, values: object = {}): Edit => ({
  op: 'insert',
  entity: 'contacts',
  id,
  values: { last_name: 'Moreau', ...values },
});

/** The newest answer of a live query, from the first one on. */
async function watch<T>(query: () => Promise<T>): Promise<() => T> {
  let newest: T | undefined;
  await new Promise<void>((resolve, reject) => {
    const subscription = liveQuery(query).subscribe((value) => {
      newest = value;
      resolve();
    }, reject);
    onTestFinished(() => subscription.unsubscribe());
  });
  return () => newest as T;
}

const length = async (found: Collection) => (await found.toArray()).length;

test.each([1, 60])('every kind of live query hears of a save of %i records', async (count) => {
  const { db, ...store } = await testStore();
  const [company, elsewhere] = [store.newId(), store.newId()];
  const people = Array.from({ length: count }, () => store.newId());
  const deals = Array.from({ length: count }, () => store.newId());
  const [person = '', deal = ''] = [people[0], deals[0]];
  await mutate(
    { db, ...store },
    people.map((id) => contact(id, { company_id: elsewhere })),
  );
  const contacts = db.rows('contacts');
  const queries: [what: string, query: () => Promise<unknown>, first: unknown, then: unknown][] = [
    ['a row', async () => (await contacts.get(person))?.company_id, elsewhere, company],
    ['a row that is not there yet', async () => (await db.rows('deals').get(deal))?.name, undefined, 'Menu'],
    ['all keys', () => db.rows('deals').toCollection().primaryKeys(), [], [...deals].sort()],
    ['how many', () => db.rows('deals').count(), 0, count],
    ['those that come into an index', () => length(contacts.where({ company_id: company })), 0, count],
    ['those that leave it', () => length(contacts.where({ company_id: elsewhere })), count, 0],
    ['how many of an index', () => contacts.where({ company_id: company }).count(), 0, count],
    ['a list in an index', () => length(db.rows('deals').where({ contact_ids: person })), 0, 1],
    ['a key of two fields', () => db.base_rows.where({ entity: 'deals', id: deal }).count(), 0, 1],
    ['what waits', () => length(db.outbox.where({ state: 'pending' })), count, count * 3],
    ['what waits of a record', () => length(db.outbox.where({ entity: 'deals', id: deal })), 0, 1],
    ['the keys of the outbox', async () => (await db.outbox.toCollection().keys()).length, count, count * 3],
  ];
  const answers = await Promise.all(
    queries.map(async ([what, query, ...expected]) => ({ what, expected, newest: await watch(query) })),
  );
  expect(answers.map(({ what, newest }) => [what, newest()])).toEqual(
    answers.map(({ what, expected: [first] }) => [what, first]),
  );
  await mutate({ db, ...store }, [
    ...people.map((id): Edit => ({ op: 'update', entity: 'contacts', id, values: { company_id: company } })),
    ...deals.map((id, n): Edit => {
      const values = { name: 'Menu', contact_ids: [people[n] ?? ''] };
      return { op: 'insert', entity: 'deals', id, values };
    }),
  ]);
  await vi.waitFor(() =>
    expect(answers.map(({ what, newest }) => [what, newest()])).toEqual(
      answers.map(({ what, expected: [, then] }) => [what, then]),
    ),
  );
});

test('a live query of other records is not asked again', async () => {
  const store = await testStore();
  const [one, other] = [store.newId(), store.newId()];
  let asked = 0;
  await watch(() => {
    asked += 1;
    return store.db.rows('contacts').get(one);
  });
  const newest = await watch(() => store.db.rows('contacts').get(other));
  await mutate(store, [contact(other)]);
  await vi.waitFor(() => expect(newest()).toMatchObject({ last_name: 'Moreau' }));
  expect(asked).toBe(1);
});

test('a job that fails half-way leaves nothing behind, and nobody hears of it', async () => {
  const store = await testStore();
  const heard: unknown[] = [];
  store.db.changes.subscribe((changes) => heard.push(changes));
  const job = writeDirectly(store.db, ['contacts'], async (transaction) => {
    transaction.put('contacts', { id: store.newId() });
    await transaction.get('contacts', 'anything');
    throw new Error('Half-way.');
  });
  await expect(job).rejects.toThrow('Half-way.');
  expect(await store.db.rows('contacts').count()).toBe(0);
  expect(heard).toEqual([]);
});

test('a connection that the browser has closed is opened again, and the save is stored', async () => {
  const store = await testStore();
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  store.db.backendDB().close();
  await mutate(store, [contact(store.newId())]);
  expect(await store.db.outbox.count()).toBe(1);
  warned.mockRestore();
});

test('a database that was closed on purpose is not opened again by a save that comes late', async () => {
  const store = await testStore();
  store.db.close();
  await expect(mutate(store, [contact(store.newId())])).rejects.toMatchObject({
    code: 'storage_unavailable',
  });
  expect(store.db.isOpen()).toBe(false);
});

test('a save that finds the disk full says so, and the next one is stored', async () => {
  const store = await testStore();
  let full = true;
  watchOutbox(() => {
    if (full) throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(mutate(store, [contact(store.newId())])).rejects.toMatchObject({ code: 'storage_full' });
  full = false;
  await mutate(store, [contact(store.newId())]);
  expect(await store.db.rows('contacts').count()).toBe(1);
});

test('a transaction that fails after all was asked for is told to the writer, and leaves nothing behind', async () => {
  const store = await testStore();
  const heard: unknown[] = [];
  store.db.changes.subscribe((changes) => heard.push(changes));
  watchOutbox(({ entity, id }, transaction) => {
    transaction.objectStore('base_rows').add({ entity, id, row: null });
  });
  await expect(mutate(store, [contact(store.newId())])).rejects.toMatchObject({ name: 'ConstraintError' });
  expect(await store.db.rows('contacts').count()).toBe(0);
  expect(heard).toEqual([]);
});

test.each([1, 60])(
  'a save of %i ends as stored, and is seen, though somebody who hears of it breaks',
  async (count) => {
    const store = await testStore();
    const newest = await watch(() => store.db.rows('contacts').count());
    const broken = new Promise<unknown>((resolve) => process.once('uncaughtException', resolve));
    const stop = store.db.changes.subscribe(() => {
      stop();
      throw new Error('A listener broke.');
    });
    await mutate(
      store,
      Array.from({ length: count }, () => contact(store.newId())),
    );
    expect(await store.db.outbox.count()).toBe(count);
    await vi.waitFor(() => expect(newest()).toBe(count));
    await expect(broken).resolves.toMatchObject({ errors: [{ message: 'A listener broke.' }] });
  },
);

test('a job that fails with a request under way leaves no rejection that nobody handles', async () => {
  const { db } = await testStore();
  const unhandled: unknown[] = [];
  const note = (cause: unknown) => unhandled.push(cause);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  let ended: Promise<unknown> = Promise.resolve();
  const failing = writeDirectly(db, ['contacts'], async (transaction) => {
    ended = transaction.get('contacts', 'a').catch((cause: DOMException) => cause.name);
    void transaction.get('contacts', 'b');
    throw new Error('The job fails.');
  });
  await expect(failing).rejects.toThrow('The job fails.');
  expect(await ended).toBe('AbortError');
  await new Promise(setImmediate);
  expect(unhandled).toEqual([]);
});
