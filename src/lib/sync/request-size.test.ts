import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '$lib/remote/reply';
import { RequestSize } from './request-size';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = { first: 100_000, least: 1_000, most: 900_000, target: 1_000 };

/** Sends a full request over a line, and says what the next may carry. */
async function after(size: RequestSize, request: { milliseconds: number; code?: string; carried?: number }) {
  const { milliseconds, code, carried = size.size } = request;
  const reply = code ? failure('unreachable', code) : { ok: true as const };
  const sending = size.measured(
    new Promise<typeof reply>((resolve) => setTimeout(() => resolve(reply), milliseconds)),
    () => carried,
  );
  await vi.advanceTimersByTimeAsync(milliseconds);
  await sending;
  return size.size;
}

test('a request that is cut off halves the next one', async () => {
  const size = new RequestSize(limits);
  expect(await after(size, { milliseconds: 20_000, code: 'unreachable' })).toBe(50_000);
  expect(await after(size, { milliseconds: 9_000, code: 'unreachable' })).toBe(25_000);
});

test('a request that nobody answered at once says nothing about its size', async () => {
  expect(await after(new RequestSize(limits), { milliseconds: 100, code: 'unreachable' })).toBe(100_000);
});

test.each(['57014', 'http_504'])('a server that ran out of time (%s) gets half at once', async (code) => {
  expect(await after(new RequestSize(limits), { milliseconds: 100, code })).toBe(50_000);
});

test('requests settle at the size that takes about the target time', async () => {
  const size = new RequestSize(limits);
  // 12.5 characters a millisecond: 100 kbit/s.
  for (let each = 0; each < 5; each++) await after(size, { milliseconds: size.size / 12.5 });
  expect(size.size).toBeGreaterThan(10_000);
  expect(size.size).toBeLessThan(15_000);
});

test('requests grow again when the line gets better', async () => {
  const size = new RequestSize({ ...limits, first: 2_000 });
  for (let each = 0; each < 4; each++) await after(size, { milliseconds: 50 });
  expect(size.size).toBe(900_000);
});

test('a small request to a distant server does not shrink the next', async () => {
  expect(await after(new RequestSize(limits), { milliseconds: 6_000, carried: 600 })).toBe(100_000);
});

test('a request never gets smaller than the minimum', async () => {
  const size = new RequestSize(limits);
  for (let each = 0; each < 20; each++) await after(size, { milliseconds: 30_000, code: 'unreachable' });
  expect(size.size).toBe(1_000);
});
