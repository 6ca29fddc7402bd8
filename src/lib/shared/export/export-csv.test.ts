// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { openStore, type Store } from '$lib/store/store';
import { exportCsv } from './export-csv';

let store: Store;
let files: { name: string; blob: Blob }[];

beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => new Date(2026, 10, 22, 9) });
  setCurrentStore(store);
  files = [];
  let blob = new Blob();
  // The test browser knows neither object URLs nor downloads.
  URL.createObjectURL = (made) => ((blob = made as Blob), 'blob:made');
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.push({ name: this.download, blob });
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  setCurrentStore(undefined);
  await store.db.delete();
});

const columns = [{ header: 'Name', value: (row: { name: string }) => row.name }];

test('an export is one file, named by its day, and one event for the activity log', async () => {
  await exportCsv('contacts', [{ name: 'Zoë' }], columns);
  expect(files.map(({ name }) => name)).toEqual(['contacts-2026-11-22.csv']);
  expect(await store.db.events.toArray()).toMatchObject([
    { action: 'export', entity_type: 'contacts', entity_id: null },
  ]);
});

test('a report has its own file name', async () => {
  await exportCsv('deals', [{ name: 'New lead' }], columns, 'reports');
  expect(files.map(({ name }) => name)).toEqual(['reports-2026-11-22.csv']);
  expect(await store.db.events.toArray()).toMatchObject([{ action: 'export', entity_type: 'deals' }]);
});

test('an export that cannot be recorded makes no file', async () => {
  store.db.close({ disableAutoOpen: true });
  await expect(exportCsv('contacts', [{ name: 'Zoë' }], columns)).rejects.toMatchObject({
    code: 'storage_unavailable',
  });
  expect(files).toEqual([]);
});
