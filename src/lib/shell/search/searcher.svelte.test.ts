// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testStore } from '$lib/store/test-store';
import { Searcher, type Answer, type Question } from './searcher.svelte';

/** A worker whose script may fail to load. */
class FakeWorker {
  static all: FakeWorker[] = [];
  static working = true;
  onerror: (() => void) | undefined;
  onmessage: ((message: { data: Answer }) => void) | undefined;
  ended = false;
  readonly #works = FakeWorker.working;

  constructor() {
    FakeWorker.all.push(this);
    if (!this.#works) queueMicrotask(() => this.onerror?.());
  }
  postMessage(question: Question): void {
    if (!this.#works || !('text' in question)) return;
    queueMicrotask(() => this.onmessage?.({ data: { text: question.text, hits: [] } }));
  }
  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  FakeWorker.all = [];
  FakeWorker.working = true;
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A searcher that got a question while the worker's script failed to load. */
async function failed(): Promise<Searcher> {
  const store = await testStore();
  vi.useFakeTimers();
  FakeWorker.working = false;
  const searcher = Searcher.of(store);
  searcher.ask('lodz');
  await vi.advanceTimersByTimeAsync(0);
  expect([searcher.failed, searcher.text]).toEqual([true, '']);
  return searcher;
}

test('a search that could not start retries and answers', async () => {
  const searcher = await failed();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(searcher.failed).toBe(true);
  FakeWorker.working = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect([searcher.failed, searcher.text]).toEqual([false, 'lodz']);
  expect(FakeWorker.all.filter(({ ended }) => !ended)).toHaveLength(1);
});

test('a search that could not start retries with the next letter, and when online', async () => {
  const typing = await failed();
  FakeWorker.working = true;
  typing.ask('lodz t');
  await vi.advanceTimersByTimeAsync(0);
  expect([typing.failed, typing.text]).toEqual([false, 'lodz t']);

  vi.useRealTimers();
  const waiting = await failed();
  FakeWorker.working = true;
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect([waiting.failed, waiting.text]).toEqual([false, 'lodz']);
});

test('the worker does not restart after the person stops searching', async () => {
  const searcher = await failed();
  searcher.ask('');
  const before = FakeWorker.all.length;
  await vi.advanceTimersByTimeAsync(120_000);
  // The last question is the empty text.
  expect(FakeWorker.all.length - before).toBeLessThanOrEqual(1);
});
