// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure, type Reply } from '$lib/remote/reply';
import { setCurrentStore } from '$lib/store/current';
import { openStore, type Store } from '$lib/store/store';
import { everything, type LogEntry, type LogPage } from '$lib/shared/history/entry';
import { exportLog } from './export-log';

let store: Store;
let files: Blob[];

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
  files = [];
  // The test browser knows neither object URLs nor downloads.
  URL.createObjectURL = (made) => (files.push(made as Blob), 'blob:made');
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  setCurrentStore(undefined);
  await store.db.delete();
});

const entry = (id: string): LogEntry => ({
  id,
  timestamp: '2026-03-15T12:00:00Z',
  occurred_at: '2026-03-15T11:00:00Z',
  user_id: 'u1',
  action: 'update',
  entity_type: 'contacts',
  entity_id: id,
  ip_address: '192.0.2.1',
  changes: { title: { old: null, new: '=1+1' } },
});
const pages =
  (...replies: Reply<LogPage>[]) =>
  async () =>
    replies.shift() ?? failure('server_error');

test('every page is in the file, and the export is an event of its own', async () => {
  const fetch = pages(
    { ok: true, body: { entries: [entry('a')], before: 'next' } },
    { ok: true, body: { entries: [entry('b')], before: null } },
  );
  expect(await exportLog(fetch, everything, () => '=Zoe')).toBeUndefined();
  expect(files).toHaveLength(1);
  const csv = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(files[0] as Blob);
  });
  expect(csv.trim().split('\r\n')).toHaveLength(3);
  expect(csv).toContain("'=Zoe");
  expect(await store.db.events.toArray()).toMatchObject([{ action: 'export', entity_type: 'activity_logs' }]);
});

test('a log that cannot be fetched completely makes no file and no event', async () => {
  const fetch = pages({ ok: true, body: { entries: [entry('a')], before: 'next' } }, failure('unreachable'));
  expect(await exportLog(fetch, everything, () => undefined)).toBe(
    'Could not reach the server. You need a connection to export.',
  );
  const refusing = pages(failure('rate_limited'));
  expect(
    await exportLog(refusing, everything, () => undefined),
    'a refusal is not reported as a missing connection',
  ).toBe('The server asked this device to slow down. Nothing was exported.');
  expect(files).toEqual([]);
  expect(await store.db.events.count()).toBe(0);
});
