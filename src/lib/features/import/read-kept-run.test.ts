import { expect, test } from 'vitest';
import { testStore } from '$lib/store/test-store';
import { keepRun, keptRun, undoNotes } from './kept-run';
import type { KeptRun } from './read-kept-run';

const run: KeptRun = {
  batchId: '0193f7a0-1111-7222-8333-944444444444',
  fileName: 'people.csv',
  kind: 'contacts',
  rows: [
    {
      row: 2,
      name: 'Ana',
      edits: [
        {
          op: 'insert',
          entity: 'contacts',
          id: '0193f7a0-1111-7222-8333-955555555555',
          values: { first_name: 'Ana' },
        },
      ],
    },
  ],
  skipped: [],
  table: { headers: ['Name'], rows: [{ number: 2, cells: ['Ana'] }], unread: [], problems: [] },
};

/** Changes a stored value as if another release had stored it. */
async function kept(change: (head: Record<string, unknown>) => unknown, key = 'import_run') {
  const store = await testStore();
  await keepRun(store, run);
  const head = (await store.db.meta.get(key))?.value as Record<string, unknown>;
  await store.db.meta.put({ key, value: change(head) });
  return store;
}

test('restores an import that this release stored', async () => {
  expect((await keptRun(await kept((head) => head)))?.run).toEqual(run);
});

test('an import kept by an older release continues', async () => {
  const store = await kept(({ batchId, kind, portions }) => ({
    batchId,
    kind,
    portions,
    table: { headers: ['Name'] },
  }));
  expect((await keptRun(store))?.run).toEqual({ ...run, fileName: '' });
});

test.each([
  ['the import', 'import_run', () => ({ batch: 7 })],
  ['its kind', 'import_run', (head: object) => ({ ...head, kind: 'products' })],
  ['its rows', 'import_rows:000000', () => ({ lines: [] })],
  [
    'an entity of its rows',
    'import_rows:000000',
    () => ({ rows: [{ row: 2, edits: [{ op: 'insert', entity: 'products', id: 'x' }] }] }),
  ],
])('an import ends if this release cannot read %s', async (_, key, change) => {
  const store = await kept(change, key);
  expect(await keptRun(store)).toBeUndefined();
  expect(await store.db.meta.where('key').startsWith('import_r').count()).toBe(0);
});

test('an import starts over if its position cannot be read', async () => {
  const store = await kept(() => 'far', 'import_position');
  expect((await keptRun(store))?.written).toBe(0);
});

test('an undo without readable notes takes back what the rows themselves tell', async () => {
  const store = await testStore();
  await store.db.meta.put({ key: 'import_notes:b', value: { updates: [{ id: 7 }] } });
  expect(await undoNotes(store, 'b')).toBeUndefined();
});
