import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast } from './toast.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const texts = () => toast.messages.map((message) => message.text);

test('a message disappears, later if it can be undone', () => {
  toast.show('Saved');
  toast.show('Deleted', { undo: () => undefined });
  vi.advanceTimersByTime(5_000);
  expect(texts()).toEqual(['Deleted']);
  vi.advanceTimersByTime(3_000);
  expect(texts()).toEqual([]);
});

test('a message stays while a person points at it', () => {
  toast.show('Saved');
  for (const message of toast.messages) toast.hold(message);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['Saved']);
  for (const message of toast.messages) toast.release(message);
});

test('shows at most three messages', () => {
  for (const text of ['a', 'b', 'c', 'd']) toast.show(text);
  expect(texts()).toEqual(['b', 'c', 'd']);
});
