// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BadgeSetting } from './badge-setting.svelte';

let asked: number;

function device(vendor: string, permission?: NotificationPermission, answer = permission) {
  asked = 0;
  const set = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true });
  set(navigator, 'setAppBadge', async () => undefined);
  set(navigator, 'vendor', vendor);
  if (permission)
    set(window, 'Notification', {
      permission,
      requestPermission: async () => {
        asked += 1;
        return answer;
      },
    });
}
beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const name of ['setAppBadge', 'vendor']) Reflect.deleteProperty(navigator, name);
  Reflect.deleteProperty(window, 'Notification');
});

const google = 'Google Inc.';
const apple = 'Apple Computer, Inc.';

test('without a permission prompt the number is on by default', async () => {
  device(google, 'default');
  expect(new BadgeSetting().on).toBe(true);
  await new BadgeSetting().turn(false);
  expect(new BadgeSetting().on).toBe(false);
  await new BadgeSetting().turn(true);
  expect(new BadgeSetting().on).toBe(true);
  expect(asked).toBe(0);
});

test('an iPad asks for permission only when the number is turned on', async () => {
  device(apple, 'default', 'granted');
  const setting = new BadgeSetting();
  expect([setting.on, setting.mustAsk, asked]).toEqual([false, true, 0]);
  const turning = setting.turn(true);
  expect(setting.asking).toBe(true);
  await turning;
  expect([setting.on, setting.asking, asked]).toEqual([true, false, 1]);
  device(apple, 'granted');
  expect(new BadgeSetting().on).toBe(true);
});

test('after a refusal the setting is off and says why', async () => {
  device(apple, 'default', 'denied');
  const setting = new BadgeSetting();
  await setting.turn(true);
  expect([setting.on, setting.refused]).toEqual([false, true]);
});

test('a permission revoked on the device turns the number off', async () => {
  device(apple, 'granted');
  await new BadgeSetting().turn(true);
  device(apple, 'denied');
  const setting = new BadgeSetting();
  expect([setting.on, setting.refused]).toEqual([false, true]);
});

test('a browser without badges offers none', () => {
  const setting = new BadgeSetting();
  expect([setting.available, setting.on, setting.refused]).toEqual([false, false, false]);
});
