// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import Timestamp from './Timestamp.svelte';

afterEach(() => vi.unstubAllEnvs());

test('the exact time of a tooltip follows the device to another time zone', () => {
  vi.stubEnv('TZ', 'America/New_York');
  const component = mount(Timestamp, { target: document.body, props: { value: '2026-11-30T12:00:00Z' } });
  flushSync();
  const title = () => document.querySelector('time')?.title;
  expect(title()).toContain('at 07:00');
  vi.stubEnv('TZ', 'America/Los_Angeles');
  document.dispatchEvent(new Event('visibilitychange'));
  flushSync();
  expect(title()).toContain('at 04:00');
  void unmount(component);
});
