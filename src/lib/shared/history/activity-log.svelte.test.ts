import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure, type Reply } from '$lib/remote/reply';
import { openStore, type Store } from '$lib/store/store';
import { ActivityLog } from './activity-log.svelte';
import { forgetOldEntries, historyOf } from './kept-page';
import { everything, type LogEntry, type LogFilter, type LogPage } from './entry';

let store: Store;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-03-15T12:30:00Z');
  // The clock moves forward each time it is read.
  store = await openStore(crypto.randomUUID(), { clock: () => (now = new Date(now.getTime() + 1)) });
});
afterEach(() => store.db.delete());

const entry = (id: string, more: Partial<LogEntry> = {}): LogEntry => ({
  id,
  timestamp: '2026-03-15T12:00:00Z',
  occurred_at: '2026-03-15T12:00:00Z',
  user_id: 'u1',
  action: 'view',
  entity_type: 'contacts',
  entity_id: null,
  ip_address: '192.0.2.1',
  changes: null,
  ...more,
});
const page = (entries: LogEntry[], before: string | null = null): Reply<LogPage> => ({
  ok: true,
  body: { entries, before },
});
/** A server that gives one of these answers to each call and remembers the questions. */
function server(...answers: (Reply<LogPage> | Promise<Reply<LogPage>>)[]) {
  const asked: { filter: LogFilter; before: string | null }[] = [];
  const fetch = async (filter: LogFilter, before: string | null) => {
    asked.push({ filter, before });
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error('One call too many.');
    return answer;
  };
  return { asked, log: new ActivityLog(store, fetch) };
}
const ids = (log: ActivityLog) => log.entries.map(({ id }) => id);

test('loads page after page until the last', async () => {
  const { log, asked } = server(page([entry('3'), entry('2')], 'cursor'), page([entry('1')]));
  await log.load(everything);
  expect(log.hasMore).toBe(true);
  await log.more(everything);
  expect(ids(log)).toEqual(['3', '2', '1']);
  expect(log.hasMore).toBe(false);
  expect(asked[1]?.before).toBe('cursor');
});

test('offline, shows and filters the last page with its time', async () => {
  const before = server(page([entry('2', { action: 'create' }), entry('1')]));
  await before.log.load(everything);
  const { log } = server(failure('unreachable'), failure('unreachable'));
  await log.load(everything);
  expect(ids(log)).toEqual(['2', '1']);
  expect(log.keptAt).toBeDefined();
  await log.load({ ...everything, action: 'create' });
  expect(ids(log)).toEqual(['2']);
  expect(log.failure?.kind).toBe('unreachable');
});

test('a filtered page is not kept as if it were the whole log', async () => {
  const before = server(page([entry('1')]));
  await before.log.load({ ...everything, action: 'view' });
  const { log } = server(failure('unreachable'));
  await log.load(everything);
  expect(ids(log)).toEqual([]);
  expect(log.keptAt).toBeUndefined();
});

test('drops an answer to an earlier filter', async () => {
  let answer: (reply: Reply<LogPage>) => void = () => undefined;
  const slow = new Promise<Reply<LogPage>>((resolve) => (answer = resolve));
  const { log } = server(slow, page([entry('new')]));
  const first = log.load(everything);
  await log.load({ ...everything, action: 'view' });
  answer(page([entry('old')]));
  await first;
  expect(ids(log)).toEqual(['new']);
});

test('a refresh puts new entries on top of the pages that were loaded', async () => {
  const { log } = server(
    page([entry('2')], 'cursor'),
    page([entry('1')]),
    page([entry('3'), entry('2')], 'cursor'),
  );
  await log.load(everything);
  await log.more(everything);
  await log.refresh(everything);
  expect(ids(log)).toEqual(['3', '2', '1']);
  expect(log.hasMore).toBe(false);
});

test('a failed page leaves what is on the screen', async () => {
  const { log } = server(page([entry('2')], 'cursor'), failure('server_error'));
  await log.load(everything);
  await log.more(everything);
  expect(ids(log)).toEqual(['2']);
  expect(log.hasMore).toBe(true);
  expect(log.failure?.kind).toBe('server_error');
});

test("keeps a few records' histories apart from the whole log", async () => {
  const ids = Array.from({ length: 32 }, () => crypto.randomUUID());
  let answer: Reply<LogPage> = failure('unreachable');
  const about = (id: string) =>
    new ActivityLog(store, async () => answer, {
      keptUnder: historyOf(id),
      widest: { ...everything, entity_id: id },
    });
  for (const id of ids) {
    answer = page([entry(id, { entity_id: id })]);
    await about(id).load({ ...everything, entity_id: id });
  }
  answer = failure('unreachable');
  const shown = async (id = '') => {
    const log = about(id);
    await log.load({ ...everything, entity_id: id });
    return log.entries.map(({ entity_id }) => entity_id);
  };
  expect(await shown(ids.at(-1))).toEqual([ids.at(-1)]);
  expect(await store.db.meta.where('key').startsWith('activity_log').count()).toBe(30);
  const { log } = server(failure('unreachable'));
  await log.load(everything);
  expect(log.entries).toEqual([]);
});

test('offline, neither shows nor keeps entries older than 30 days', async () => {
  const old = entry('old', { timestamp: '2026-03-14T12:00:00Z', action: 'create' });
  const young = entry('young', { timestamp: '2026-03-15T12:00:00Z' });
  await server(page([young, old])).log.load(everything);
  const history = { keptUnder: historyOf('c1'), widest: { ...everything, entity_id: 'c1' } };
  await new ActivityLog(store, async () => page([old]), history).load(history.widest);
  const shown = async () => {
    const { log } = server(failure('unreachable'));
    await log.load(everything);
    return ids(log);
  };
  now = new Date('2026-04-13T11:59:59Z');
  expect(await shown()).toEqual(['young', 'old']);
  now = new Date('2026-04-13T12:00:01Z');
  expect(await shown()).toEqual(['young']);
  await forgetOldEntries(store);
  const kept = await store.db.meta.where('key').startsWith('activity_log').toArray();
  expect(JSON.stringify(kept)).toContain('young');
  expect(JSON.stringify(kept)).not.toContain('old');
  now = new Date('2026-04-15T12:00:00Z');
  expect(await shown()).toEqual([]);
  await forgetOldEntries(store);
  expect(await store.db.meta.where('key').startsWith('activity_log').count()).toBe(0);
});
