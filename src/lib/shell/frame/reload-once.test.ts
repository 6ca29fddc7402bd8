import { expect, test } from 'vitest';
import { mayReload } from './reload-once';

function storage(broken = false) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (broken) throw new Error('full');
      kept.set(key, value);
    },
  };
}
const minutes = 60_000;

test('a page reloads itself for missing code once in ten minutes', () => {
  const tab = storage();
  const at = (time: number) => mayReload(tab, time * minutes);
  expect([at(100), at(101), at(109), at(110)]).toEqual([true, false, false, true]);
});

test('a clock that was set back does not prevent the reload for good', () => {
  const tab = storage();
  expect([mayReload(tab, 1_000 * minutes), mayReload(tab, 10 * minutes)]).toEqual([true, true]);
});

test('a page that cannot remember its reload does not reload itself', () => {
  expect(mayReload(storage(true), 0)).toBe(false);
});
