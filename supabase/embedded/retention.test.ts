import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createBackend, type Backend } from './backend-app.ts';
import { call, remove, temporaryFolder } from './harness.ts';
import { nightly, type Schedule } from './retention.ts';

const DAY = 24 * 60 * 60 * 1000;

let folder: string;
let backend: Backend;
const scheduled: (() => Promise<void>)[] = [];
let stopped = 0;
const byHand: Schedule = (job) => {
  scheduled.push(job);
  return () => (stopped += 1);
};

beforeAll(async () => {
  folder = temporaryFolder();
  backend = await createBackend({ dataDir: folder, seed: 'none', schedule: byHand });
});
afterAll(() => remove(folder));

const runs = async () => {
  const [row] = await backend.database.query<{ runs: number }>(
    'select count(*)::int as runs from private.retention_runs',
  );
  return row?.runs ?? 0;
};

test('runs retention at the start and nightly until the end', async () => {
  const atStart = await runs();
  expect(atStart).toBeGreaterThan(0);
  expect((await call(backend, '/rest/v1/rpc/health', { body: {} })).body).toBe('crm-ok');

  expect(scheduled).toHaveLength(1);
  await scheduled[0]?.();
  expect(await runs()).toBe(atStart + 1);

  expect(stopped).toBe(0);
  await backend.close();
  expect(stopped).toBe(1);
});

test('runs nightly at 03:17 UTC, whatever the season, until stopped', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-28T03:16:00Z') });
  try {
    const times: string[] = [];
    const stop = nightly(async () => {
      times.push(new Date().toISOString());
    });
    await vi.advanceTimersByTimeAsync(2 * DAY);
    stop();
    await vi.advanceTimersByTimeAsync(2 * DAY);
    expect(times).toEqual(['2026-03-28T03:17:00.000Z', '2026-03-29T03:17:00.000Z']);
  } finally {
    vi.useRealTimers();
  }
});
