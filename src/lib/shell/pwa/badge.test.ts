// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { showOnBadge } from './badge';

const icon: (number | 'none')[] = [];
const badges = {
  setAppBadge: async (count: number) => void icon.push(count),
  clearAppBadge: async () => void icon.push('none'),
};
afterEach(() => {
  icon.length = 0;
  for (const name of Object.keys(badges)) Reflect.deleteProperty(navigator, name);
});

test('the icon shows how many changes wait, and nothing when none do', () => {
  Object.assign(navigator, badges);
  for (const pending of [1, 3, 0]) showOnBadge(pending);
  expect(icon).toEqual([1, 3, 'none']);
});

test('a browser without badges, or with refused ones, causes no error', async () => {
  showOnBadge(2);
  const refused = Promise.reject(new Error('not installed'));
  Object.assign(navigator, { ...badges, setAppBadge: () => refused });
  showOnBadge(2);
  await expect(refused).rejects.toThrow();
  expect(icon).toEqual([]);
});
