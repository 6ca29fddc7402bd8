import { expect, test } from 'vitest';
import { testStore } from '$lib/store/test-store';
import type { LogEntry } from './entry';
import { forgetOldEntries, historyOf, keepPage, readKeptPage, wholeLog } from './kept-page';

const entry = (): LogEntry => ({
  id: crypto.randomUUID(),
  timestamp: new Date().toISOString(),
  occurred_at: new Date().toISOString(),
  user_id: null,
  action: 'view',
  entity_type: 'contacts',
  entity_id: null,
  ip_address: null,
  changes: null,
});

test('a page that was kept is read again', async () => {
  const store = await testStore();
  const entries = [entry()];
  await keepPage(store, wholeLog, entries);
  expect((await readKeptPage(store, wholeLog))?.entries).toEqual(entries);
});

test.each([7, 'text', {}, { entries: null }, { entries: [{ id: 1 }], fetched_at: '' }])(
  'ignores a page that another release kept in another form: %j',
  async (value) => {
    const store = await testStore();
    await store.db.meta.put({ key: wholeLog, value });
    await store.db.meta.put({ key: historyOf('a'), value });
    expect(await readKeptPage(store, wholeLog)).toBeUndefined();
    await keepPage(store, historyOf('b'), [entry()]);
    expect(await readKeptPage(store, historyOf('b'))).toBeDefined();
    await forgetOldEntries(store);
    expect(await store.db.meta.where('key').startsWith('activity_log').primaryKeys()).toEqual([
      historyOf('b'),
    ]);
  },
);
