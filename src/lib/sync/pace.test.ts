import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '$lib/remote/reply';
import { Pace } from './pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = { first: 100_000, least: 1_000, most: 900_000, target: 1_000 };

/** Sends a full request over a line, and says what the next may carry. */
async function after(pace: Pace, request: { milliseconds: number; code?: string; carried?: number }) {
  const { milliseconds, code, carried = pace.size } = request;
  const reply = code ? failure('unreachable', code) : { ok: true as const };
  const sending = pace.measured(
    new Promise<typeof reply>((resolve) => setTimeout(() => resolve(reply), milliseconds)),
    () => carried,
  );
  await vi.advanceTimersByTimeAsync(milliseconds);
  await sending;
  return pace.size;
}

test('a request that is cut off halves the next one', async () => {
  const pace = new Pace(limits);
  expect(await after(pace, { milliseconds: 20_000, code: 'unreachable' })).toBe(50_000);
  expect(await after(pace, { milliseconds: 9_000, code: 'unreachable' })).toBe(25_000);
});

test('a request that nobody answered at once says nothing about its size', async () => {
  expect(await after(new Pace(limits), { milliseconds: 100, code: 'unreachable' })).toBe(100_000);
});

test.each(['57014', 'http_504'])('a server that ran out of time (%s) gets half at once', async (code) => {
  expect(await after(new Pace(limits), { milliseconds: 100, code })).toBe(50_000);
});

test('requests settle at the size that takes about the target time', async () => {
  const pace = new Pace(limits);
  // 12.5 characters a millisecond: 100 kbit/s.
  for (let each = 0; each < 5; each++) await after(pace, { milliseconds: pace.size / 12.5 });
  expect(pace.size).toBeGreaterThan(10_000);
  expect(pace.size).toBeLessThan(15_000);
});

test('requests grow again when the line gets better', async () => {
  const pace = new Pace({ ...limits, first: 2_000 });
  for (let each = 0; each < 4; each++) await after(pace, { milliseconds: 50 });
  expect(pace.size).toBe(900_000);
});

test('a small request to a distant server does not shrink the next', async () => {
  expect(await after(new Pace(limits), { milliseconds: 6_000, carried: 600 })).toBe(100_000);
});

test('a request never gets smaller than the minimum', async () => {
  const pace = new Pace(limits);
  for (let each = 0; each < 20; each++) await after(pace, { milliseconds: 30_000, code: 'unreachable' });
  expect(pace.size).toBe(1_000);
});
