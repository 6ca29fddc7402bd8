// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Installation } from './installation.svelte';

class Worker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

/** The parts of a browser's registration that the installation uses. */
class Registration extends EventTarget {
  installing: Worker | null = new Worker();
  active: Worker | null = null;
  waiting: Worker | null = null;
  updates = 0;
  async update(): Promise<void> {
    this.updates += 1;
  }
  /** A new release is found. */
  found(): Worker {
    const worker = new Worker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    return worker;
  }
}

let shown: DocumentVisibilityState;

beforeEach(() => {
  shown = 'visible';
  Object.defineProperty(document, 'visibilityState', { get: () => shown, configurable: true });
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

/** The browser answers each attempt in turn, with a registration or an error. */
async function begin(...answers: (Registration | 'refused')[]) {
  let tries = 0;
  const installation = new Installation(async () => {
    const answer = answers[tries++] ?? 'refused';
    if (answer === 'refused') throw new TypeError('Failed to register');
    return answer as unknown as ServiceWorkerRegistration;
  });
  await installation.begin();
  return { installation, tries: () => tries };
}
const minutes = 60_000;

test('retries an interrupted installation until the app is stored', async () => {
  const [cut, whole] = [new Registration(), new Registration()];
  const { installation, tries } = await begin(cut, 'refused', whole);
  expect(installation.use).toBe('installing');
  cut.installing?.become('redundant');
  expect(installation.use).toBe('interrupted');
  await vi.advanceTimersByTimeAsync(5_000);
  expect([tries(), installation.use]).toEqual([2, 'interrupted']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([tries(), installation.use]).toEqual([3, 'installing']);
  whole.installing?.become('installed');
  whole.installing?.become('activated');
  expect([installation.use, installation.updateReady]).toEqual(['ready', false]);
  await vi.advanceTimersByTimeAsync(60 * minutes);
  expect(tries()).toBe(3);
});

test('a failed installation is retried as soon as the network is back', async () => {
  const { tries } = await begin('refused', 'refused', 'refused', 'refused');
  await vi.advanceTimersByTimeAsync(35_000);
  expect(tries()).toBe(4);
  dispatchEvent(new Event('online'));
  expect(tries()).toBe(5);
});

test('a hidden page does not try, and tries as soon as it is shown', async () => {
  const { tries } = await begin('refused');
  shown = 'hidden';
  await vi.advanceTimersByTimeAsync(60 * minutes);
  expect(tries()).toBe(1);
  shown = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(tries()).toBe(2);
});

test('attempts are at most five minutes apart', async () => {
  const { tries } = await begin();
  await vi.advanceTimersByTimeAsync(60 * minutes);
  const sofar = tries();
  await vi.advanceTimersByTimeAsync(10 * minutes);
  expect(tries()).toBe(sofar + 2);
});

test('a newer release whose installation failed is tried again', async () => {
  const stored = new Registration();
  stored.active = new Worker();
  stored.installing = null;
  const { installation, tries } = await begin(stored);
  expect(installation.use).toBe('ready');
  stored.found().become('redundant');
  expect([installation.use, installation.updateReady]).toEqual(['ready', false]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([tries(), stored.updates]).toEqual([1, 1]);
  for (let time = 0; time < 3; time += 1) stored.found().become('redundant');
  stored.found().become('installed');
  expect(installation.updateReady).toBe(true);
  await vi.advanceTimersByTimeAsync(60 * minutes);
  expect(stored.updates).toBe(1);
});

test('a replaced release is not a failure', async () => {
  const stored = new Registration();
  const { installation } = await begin(stored);
  const worker = stored.installing;
  for (const state of ['installed', 'activating', 'activated', 'redundant'] as const) worker?.become(state);
  expect(installation.use).toBe('ready');
});

test('a newer release that was waiting before the page opened is offered', async () => {
  const stored = new Registration();
  [stored.active, stored.waiting, stored.installing] = [new Worker(), new Worker(), null];
  const { installation } = await begin(stored);
  expect([installation.use, installation.updateReady]).toEqual(['ready', true]);
});
