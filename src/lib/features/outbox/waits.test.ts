import { expect, test } from 'vitest';
import { answerTo, waitingWords, waitsUntil } from './waits';

const triedAt = new Date('2026-03-15T12:00:00');
const after = (seconds: number) => new Date(triedAt.getTime() + seconds * 1000);

test('a device waits as long as the server asked', () => {
  const busy = { retryAfter: 90_000 };
  expect(waitsUntil(busy, triedAt, after(0))).toEqual(after(90));
  expect(waitsUntil(busy, triedAt, after(89))).toEqual(after(90));
  expect(waitsUntil(busy, triedAt, after(90))).toBeNull();
});

test('without such a request or a failure, the device does not wait', () => {
  expect(waitsUntil({}, triedAt, after(1))).toBeNull();
  expect(waitsUntil(null, triedAt, after(1))).toBeNull();
  expect(waitsUntil({ retryAfter: 60_000 }, null, after(1))).toBeNull();
});

test.each([
  [20, 'The server asked this device to wait for less than a minute. It will then sync automatically.'],
  [90, 'The server asked this device to wait until 12:02. It will then sync automatically.'],
  [3600, 'The server asked this device to wait until 13:00. It will then sync automatically.'],
  [13 * 3600, 'The server asked this device to wait until tomorrow 01:00. It will then sync automatically.'],
])('%i seconds are told in words', (seconds, words) => {
  expect(waitingWords(after(seconds), triedAt)).toBe(words);
});

test('hides the result of Sync now once it is out of date', () => {
  const synced = { failed: false, unreachable: false, synced: true, pending: 0, until: null };
  const failed = { ...synced, failed: true, synced: false };
  expect(answerTo('tried', failed, triedAt)).toBe("Still can't sync. We'll keep trying.");
  expect(answerTo('tried', { ...failed, unreachable: true }, triedAt)).toBe(
    "Still no connection. We'll keep trying.",
  );
  expect(answerTo('tried', synced, triedAt)).toBe('Everything is sent and up to date.');
  expect(answerTo('tried', { ...synced, pending: 1 }, triedAt)).toBe('');
  expect(answerTo('tried', { ...synced, synced: false }, triedAt), 'a try is under way').toBe('');
  expect(answerTo('told to wait', { ...failed, until: after(20) }, triedAt)).toMatch(
    /asked this device to wait/,
  );
  expect(answerTo('told to wait', synced, triedAt)).toBe('');
  expect(answerTo('nothing', synced, triedAt)).toBe('');
});
