import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { registry } from '$lib/entities/registry';
import { withSchema } from '$lib/entities/with-schema';
import { failure } from '$lib/remote/reply';
import { createRemote } from '$lib/remote/remote';
import { readMeta, writeMeta } from '$lib/store/meta';
import { mutate } from '$lib/store/write';
import { setAsideRows } from '$lib/store/set-aside';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { runCycle } from './cycle';

let store: Store;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  store = await testStore();
});
afterEach(() => vi.restoreAllMocks());

const columns = Object.keys(registry.contacts.schema.shape);

/** A contact as the server sends it. */
function contact(id: string, details: Record<string, unknown> = {}): unknown[] {
  const row: Record<string, unknown> = {
    ...Object.fromEntries(columns.map((column) => [column, null])),
    ...{ id, version: 1, first_name: 'Ana', emails: [], phones: [], tags: [] },
    ...{ created_at: '2026-01-01T00:00:00+00:00', updated_at: '2026-01-01T00:00:00+00:00' },
    ...details,
  };
  return columns.map((column) => row[column]);
}

const page = (rows: unknown[][], details: object = {}) => ({
  server_time: '2026-01-01T00:00:00Z',
  epoch: 'one',
  reset: false,
  changes: [{ entity: 'contacts', columns, rows }],
  page: null,
  cursor: 'one/1',
  done: true,
  ...details,
});

/** A server that answers each pull with the next of the pages, and says `applied` to every push. */
function serverOf(...pages: object[]) {
  const asked: Record<string, unknown>[] = [];
  const remote = createRemote(async (name, request) => {
    if (name === 'sync_push') {
      const { mutations } = request as { mutations: { mutation_id: string }[] };
      const results = mutations.map(({ mutation_id }) => ({ mutation_id, status: 'applied', version: 2 }));
      return { ok: true, body: { server_time: '', results, events_accepted: 0 } };
    }
    asked.push(request as Record<string, unknown>);
    const body = pages.shift();
    return body ? { ok: true, body } : failure('unreachable');
  });
  return { remote, asked };
}

const [one, two] = ['0193f7a0-1111-7222-8333-000000000001', '0193f7a0-1111-7222-8333-000000000002'] as const;
const odd = { emails: [{ value: 'a@b.c' }] };

test.each<[string, object]>([
  ['an email without a label', odd],
  ['a value of another type', { tags: 'vip' }],
  ['a time that is none', { created_at: 'yesterday' }],
  ['a deletion and no version', { deleted_at: '2026-01-01T00:00:00Z', version: null }],
])('a row with %s is set aside, and the others and the cursor are stored', async (_, details) => {
  const { remote } = serverOf(page([contact(one, { ...details }), contact(two)]));
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
  expect(await store.db.rows('contacts').toCollection().primaryKeys()).toEqual([two]);
  expect(await readMeta(store.db, 'cursor')).toBe('one/1');
  expect(await setAsideRows(store.db)).toMatchObject([{ entity: 'contacts', id: one }]);
  expect(console.error).toHaveBeenCalledTimes(1);
});

test('the report about a row names fields and no values', async () => {
  const { remote } = serverOf(page([contact(one, { emails: [{ value: 'secret@example.com' }] })]));
  await runCycle(store, remote);
  const [told] = await setAsideRows(store.db);
  expect(told).toEqual({ entity: 'contacts', id: one, version: 1, why: 'emails.0.label: invalid_type' });
});

test('the copy from before stays as it was until the row can be read, and then the row is no longer set aside', async () => {
  const { remote } = serverOf(
    page([contact(one)]),
    page([contact(one, { version: 2, title: 'Chef', ...odd })], { cursor: 'one/2' }),
    page([contact(one, { version: 3, title: 'Cook' })], { cursor: 'one/3' }),
  );
  await runCycle(store, remote);
  await runCycle(store, remote);
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ version: 1, title: null });
  expect(await setAsideRows(store.db)).toMatchObject([{ id: one, version: 2 }]);
  await runCycle(store, remote);
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ version: 3, title: 'Cook' });
  expect(await setAsideRows(store.db)).toEqual([]);
});

test('fetching everything keeps the copy of an unreadable row', async () => {
  const { remote } = serverOf(
    page([contact(one), contact(two)]),
    page([contact(one, { version: 2, ...odd }), contact(two, { version: 2, ...odd })], { cursor: 'one/2' }),
    page([contact(one, { version: 2, ...odd })], { cursor: 'two/1', epoch: 'two', reset: true }),
  );
  await runCycle(store, remote);
  await runCycle(store, remote);
  expect(await setAsideRows(store.db)).toHaveLength(2);
  await runCycle(store, remote);
  expect(await store.db.rows('contacts').toCollection().primaryKeys()).toEqual([one]);
  expect(await setAsideRows(store.db)).toMatchObject([{ id: one }]);
});

test('my answered change stays visible on a row that became unreadable', async () => {
  const { remote } = serverOf(
    page([contact(one)]),
    page([contact(one, { version: 2, title: 'Chef', ...odd })], { cursor: 'one/2' }),
    page([], { cursor: 'one/3' }),
    page([contact(one, { version: 3, title: 'Chef' })], { cursor: 'one/4' }),
  );
  await runCycle(store, remote);
  await mutate(store, [{ op: 'update', entity: 'contacts', id: one, values: { title: 'Chef' } }]);
  await runCycle(store, remote);
  await runCycle(store, remote);
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ title: 'Chef' });
  await runCycle(store, remote);
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ version: 3, title: 'Chef' });
  expect(await store.db.outbox.where('state').equals('settled').count()).toBe(1);
});

const shape = registry.contacts.schema.shape;
const older = z.object({ ...shape, tags: z.array(z.enum(['vip'])) });

test('a release that can read a set-aside row requests it again', async () => {
  const { remote, asked } = serverOf(
    page([contact(one, { tags: ['new'] })]),
    page([contact(one, { tags: ['new'] })], { again: ['contacts'], cursor: 'one/2' }),
    page([], { cursor: 'one/3', again: [] }),
  );
  await withSchema('contacts', older, () => runCycle(store, remote));
  expect(await setAsideRows(store.db)).toHaveLength(1);
  await runCycle(store, remote);
  expect(asked[1]?.again).toEqual({ contacts: ['tags'] });
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ tags: ['new'] });
  expect(await setAsideRows(store.db)).toEqual([]);
  await runCycle(store, remote);
  expect(asked[2]?.again).toBeUndefined();
});

test('rows stored before the app tracked fields are requested once', async () => {
  const { remote, asked } = serverOf(
    page([contact(one)]),
    page([contact(one)], { again: Object.keys(registry), cursor: 'one/2' }),
    page([], { cursor: 'one/3', again: [] }),
  );
  await runCycle(store, remote);
  await writeMeta(store.db, 'fields', undefined);
  await runCycle(store, remote);
  expect(Object.keys(asked[1]?.again ?? {})).toEqual(Object.keys(registry));
  await runCycle(store, remote);
  expect(asked[2]?.again).toBeUndefined();
});

test('a server that lacks a column is asked for it until it has it, and nothing comes whole before', async () => {
  const few = columns.filter((column) => column !== 'department');
  const without = (rows: unknown[][], details: object) => ({
    ...page([], details),
    changes: [
      {
        entity: 'contacts',
        columns: few,
        rows: rows.map((row) => row.filter((_, at) => columns[at] !== 'department')),
      },
    ],
  });
  const optional = z.object({ ...shape, department: z._default(z.nullable(z.string()), null) });
  await withSchema('contacts', optional, async () => {
    const { remote, asked } = serverOf(
      without([contact(one)], {}),
      page([], { cursor: 'one/2', again: [] }),
      page([contact(one, { department: 'Kitchen' })], { cursor: 'one/3', again: ['contacts'] }),
      page([], { cursor: 'one/4', again: [] }),
    );
    for (let cycle = 0; cycle < 4; cycle += 1) await runCycle(store, remote);
    expect(asked.map(({ again }) => again)).toEqual([
      undefined,
      { contacts: ['department'] },
      { contacts: ['department'] },
      undefined,
    ]);
    expect(await store.db.rows('contacts').get(one)).toMatchObject({ department: 'Kitchen' });
  });
});

test('rows that an older tab stores among newer ones are asked for again, and those alone', async () => {
  const { department, ...others } = shape;
  expect(department).toBeDefined();
  const { remote, asked } = serverOf(
    page([contact(one, { department: 'Kitchen' })]),
    page([contact(two, { department: 'Bar' })], { cursor: 'one/2' }),
    page([contact(one), contact(two, { department: 'Bar' })], { cursor: 'one/3', again: ['contacts'] }),
  );
  await runCycle(store, remote);
  await withSchema('contacts', z.object(others), () => runCycle(store, remote));
  expect(asked[1]?.again).toBeUndefined();
  await runCycle(store, remote);
  expect(asked[2]?.again).toEqual({ contacts: ['department'] });
  expect(await store.db.rows('contacts').get(two)).toMatchObject({ department: 'Bar' });
});

test('a pull that an older release began leaves no field missing', async () => {
  const { department, ...others } = shape;
  expect(department).toBeDefined();
  const { remote, asked } = serverOf(
    page([contact(one, { department: 'Kitchen' })], { page: 'more', cursor: null, done: false }),
    // The line is cut here, and the app updated.
  );
  await withSchema('contacts', z.object(others), () => runCycle(store, remote));
  const later = serverOf(
    page([contact(two, { department: 'Bar' })]),
    page([], { cursor: 'one/2', again: [] }),
    page([contact(one, { department: 'Kitchen' })], { cursor: 'one/3', again: ['contacts'] }),
  );
  await runCycle(store, later.remote);
  expect([asked[0]?.page, later.asked[0]?.page]).toEqual([null, 'more']);
  await runCycle(store, later.remote);
  expect(later.asked[2]?.again).toEqual({ contacts: ['department'] });
  expect(await store.db.rows('contacts').get(one)).toMatchObject({ department: 'Kitchen' });
});
