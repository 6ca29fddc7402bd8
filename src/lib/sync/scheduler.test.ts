// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure, type Failure } from '$lib/remote/reply';
import { Scheduler } from './scheduler';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scheduled(outcomes: (Failure | undefined)[]) {
  const runs: number[] = [];
  const scheduler = new Scheduler({
    run: () => {
      runs.push(Date.now());
      return Promise.resolve({ failure: outcomes.shift() });
    },
    onStart: () => undefined,
    onEnd: () => undefined,
    random: () => 0.5,
  });
  return { scheduler, runs };
}

test('writes of one tick share a cycle', async () => {
  const { scheduler, runs } = scheduled([]);
  for (let i = 0; i < 10; i += 1) scheduler.written();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(1);
});

test('a write during a cycle is not left for the next minute', async () => {
  const { scheduler, runs } = scheduled([]);
  const waking = scheduler.wake();
  scheduler.written();
  await waking;
  expect(runs).toHaveLength(2);
});

test('failures are tried again ever later, and a signal tries at once', async () => {
  const { scheduler, runs } = scheduled([
    failure('unreachable'),
    failure('unreachable'),
    failure('unreachable'),
  ]);
  await scheduler.wake();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(runs).toHaveLength(3);
  await scheduler.wake();
  expect(runs).toHaveLength(4);
});

test('what the server asked for in Retry-After is never undercut, not even by a signal', async () => {
  const { scheduler, runs } = scheduled([failure('maintenance', 'maintenance', 60_000)]);
  await scheduler.wake();
  await vi.advanceTimersByTimeAsync(59_000);
  await scheduler.wake();
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toHaveLength(2);
});

test('an ended session is not hammered', async () => {
  const { scheduler, runs } = scheduled([failure('unauthenticated')]);
  await scheduler.wake();
  scheduler.written();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(runs).toHaveLength(1);
});

test.each([
  ['unauthenticated', 2],
  ['unreachable', 2],
  ['deactivated', 1],
] as const)('a signal that comes while a cycle fails with %s makes %i tries', async (kind, tries) => {
  const { scheduler, runs } = scheduled([failure(kind)]);
  await Promise.all([scheduler.wake(), scheduler.wake()]);
  expect(runs).toHaveLength(tries);
  scheduler.stop();
});

test('a signal that comes while the server asks to be left alone is kept until then', async () => {
  const { scheduler, runs } = scheduled([failure('maintenance', 'maintenance', 60_000)]);
  await Promise.all([scheduler.wake(), scheduler.wake()]);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toHaveLength(2);
});

test('a page that was hidden meanwhile still tries again after Retry-After', async () => {
  const { scheduler, runs } = scheduled([failure('maintenance', 'maintenance', 60_000)]);
  await scheduler.wake();
  scheduler.rest();
  await scheduler.wake();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toHaveLength(2);
});

test('what may end a maintenance window is sent while the window is open', async () => {
  const { scheduler, runs } = scheduled([failure('maintenance', 'maintenance', 60_000)]);
  await scheduler.wake();
  scheduler.written();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(1);
  scheduler.written(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(2);
});

test('a clock that is set right by days stops neither the next try nor a signal', async () => {
  const { scheduler, runs } = scheduled([
    failure('maintenance', 'maintenance', 60_000),
    failure('maintenance', 'maintenance', 60_000),
  ]);
  await scheduler.wake();
  vi.setSystemTime(Date.now() - 3 * 86_400_000);
  await vi.advanceTimersByTimeAsync(70_000);
  expect(runs).toHaveLength(2);
  vi.setSystemTime(Date.now() - 3 * 86_400_000);
  await scheduler.wake();
  expect(runs).toHaveLength(3);
});

test('an error where the end of a cycle is told does not end syncing', async () => {
  let runs = 0;
  const scheduler = new Scheduler({
    run: () => Promise.resolve({ failure: void (runs += 1) }),
    onStart: () => undefined,
    onEnd: () => {
      throw new Error('Nobody could be told.');
    },
  });
  await expect(scheduler.wake()).rejects.toThrow('Nobody could be told.');
  await expect(scheduler.wake()).rejects.toThrow('Nobody could be told.');
  expect(runs).toBe(2);
  scheduler.stop();
});

const putAway = () => window.dispatchEvent(new Event('pagehide'));
const comeBack = () => window.dispatchEvent(new Event('pageshow'));

test('leaving the page is not a failure, and the cycle starts over on return', async () => {
  const ended: (Failure | undefined)[] = [];
  let runs = 0;
  const scheduler = new Scheduler({
    run: async () => {
      runs += 1;
      if (runs > 1) return {};
      putAway();
      return { failure: failure('unreachable', 'device_AbortError') };
    },
    onStart: () => undefined,
    onEnd: ({ failure }) => ended.push(failure),
  });
  const woken = scheduler.wake();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([runs, ended]).toEqual([1, []]);
  comeBack();
  await woken;
  expect([runs, ended]).toEqual([2, [undefined]]);
});

test('neither a signal nor a timer starts a cycle in a hidden page', async () => {
  const { scheduler, runs } = scheduled([failure('unreachable')]);
  await scheduler.wake();
  const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await scheduler.wake();
  scheduler.written();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(runs).toHaveLength(1);
  visible.mockRestore();
  await scheduler.wake();
  expect(runs).toHaveLength(2);
});

test('a page syncs every 8 s in use and every minute otherwise', async () => {
  const { scheduler, runs } = scheduled([]);
  await scheduler.wake();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(runs).toHaveLength(1);
  window.dispatchEvent(new Event('pointerdown'));
  scheduler.used();
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(runs).toHaveLength(7);
  // The last touch is a minute old: the page slows down again.
  await vi.advanceTimersByTimeAsync(30_000);
  const before = runs.length;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(runs.length - before).toBe(2);
});
