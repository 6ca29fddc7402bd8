// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LostCode, type Loss } from './lost-code';
import type { LostFiles } from './lost-files';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function page(reachable = true, mend = async () => false) {
  const target = new EventTarget();
  const told: Loss[] = [];
  const code = new LostCode(target, async () => reachable, { mend } as LostFiles);
  code.onLoss((loss) => told.push(loss));
  /** An `import()` that fails: Vite reports it, and the importer gets the same error. */
  const fail = async (file: string): Promise<never> => {
    const payload = new TypeError(
      `Failed to fetch dynamically imported module: https://crm.example.com/${file}`,
    );
    target.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }));
    throw payload;
  };
  const leave = (reason: unknown) =>
    target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
  return { code, told, fail, leave };
}

test('a lost part is requested again until it loads', async () => {
  const { code, fail, told } = page(false);
  let tries = 0;
  const loaded = code.untilLoaded(async () => (++tries < 4 ? fail('a.js') : 'here'));
  await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000);
  expect(await loaded).toBe('here');
  expect([tries, told]).toEqual([4, []]);
});

test('a lost part is requested as soon as the network is back', async () => {
  const { code, fail } = page(false);
  let online = false;
  const loaded = code.untilLoaded(async () => (online ? 'here' : fail('a.js')));
  await vi.advanceTimersByTimeAsync(20_000);
  online = true;
  dispatchEvent(new Event('online'));
  expect(await loaded).toBe('here');
});

test('an error thrown by a part itself is not a loss', async () => {
  const { code } = page();
  const own = new RangeError('mine');
  await expect(code.untilLoaded(() => Promise.reject(own))).rejects.toBe(own);
  expect(code.is(own)).toBe(false);
});

test('a part is stuck only if it fails twice while the server answers', async () => {
  const online = page();
  await online.fail('a.js').catch(() => undefined);
  await online.fail('b.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(online.told).toEqual([]);
  await online.fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(online.told).toEqual(['stuck']);

  const offline = page(false);
  for (let time = 0; time < 3; time += 1) await offline.fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(offline.told).toEqual([]);
});

test('two blips hours apart do not make a part stuck', async () => {
  const { fail, told } = page();
  await fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toEqual([]);
});

test('only unhandled losses are reported, not other rejections', async () => {
  const { fail, leave, told } = page();
  leave(await fail('a.js').catch((cause: unknown) => cause));
  leave(new Error('something else'));
  expect(told).toEqual(['unhandled']);
});

test('a part is not stuck if its lost files have arrived meanwhile', async () => {
  const { fail, told } = page(true, async () => true);
  for (let time = 0; time < 2; time += 1) await fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toEqual([]);
});

test('lost files are fetched again as soon as the network is back', async () => {
  let mends = 0;
  const { fail } = page(false, async () => ++mends === 4);
  await fail('a.js').catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1_000 + 2_000);
  expect(mends).toBe(3);
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(mends).toBe(4);
});
