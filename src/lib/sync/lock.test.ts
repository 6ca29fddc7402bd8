// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PutAwayError } from '$lib/lifecycle/page-life';
import { oneAtATime } from './lock';

/** The locks of a browser as all its tabs see them: one holder, the others in a line that an abort leaves. */
class Locks {
  #line: Promise<unknown> = Promise.resolve();

  request(_: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>): Promise<unknown> {
    const turn = this.#line;
    const run = new Promise<unknown>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      void turn.then(() => (signal.aborted ? undefined : work().then(resolve, reject)));
    });
    this.#line = turn.then(() => run).catch(() => undefined);
    return run;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: new Locks() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tab = (done: string[], name: string, milliseconds: number) =>
  oneAtATime('me', async () => {
    done.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    done.push(`${name} ends`);
    return name;
  });

test('five tabs take turns, and each gets what its own cycle came to', async () => {
  const done: string[] = [];
  const names = ['a', 'b', 'c', 'd', 'e'];
  const cycles = Promise.all(names.map((name) => tab(done, name, 500)));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await cycles).toEqual(names);
  expect(done).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('a tab that is frozen in its cycle does not hold up the others for good, and nothing runs twice', async () => {
  const done: string[] = [];
  oneAtATime('me', () => new Promise(() => undefined)).catch(() => undefined);
  const other = tab(done, 'other', 500);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await other).toBe('other');
  expect(done).toEqual(['other begins', 'other ends']);
});

test('a cycle may take as long as it takes', async () => {
  const done: string[] = [];
  const long = tab(done, 'long', 300_000);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(await long).toBe('long');
  expect(done).toEqual(['long begins', 'long ends']);
});

test('a cycle that fails is not run again without the lock', async () => {
  let runs = 0;
  const broken = oneAtATime('me', async () => {
    runs += 1;
    throw new Error('The disk is gone.');
  });
  await expect(broken).rejects.toThrow('The disk is gone.');
  expect(runs).toBe(1);
});

test('a page that is put away releases the lock and stops waiting', async () => {
  const done: string[] = [];
  const held = oneAtATime('me', () => new Promise(() => undefined));
  const inLine = tab(done, 'in line', 500);
  await vi.advanceTimersByTimeAsync(0);
  const ended = Promise.allSettled([held, inLine]);
  window.dispatchEvent(new Event('pagehide'));
  const cutOff = { status: 'rejected', reason: new PutAwayError() };
  expect(await ended).toEqual([cutOff, cutOff]);
  const other = tab(done, 'other', 500);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await other).toBe('other');
  window.dispatchEvent(new Event('pageshow'));
  expect(done).toEqual(['other begins', 'other ends']);
});
