// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { readDeviceUser, writeDeviceUser } from './device-user';

beforeEach(() => localStorage.clear());

test('reads the signed-in person as it was stored', () => {
  writeDeviceUser({ user_id: 'ana', email: 'ana@example.com' });
  expect(readDeviceUser()).toEqual({ user_id: 'ana', email: 'ana@example.com' });
});

test('a release that stores other fields signs nobody out', () => {
  localStorage.setItem('atomic-crm:user', JSON.stringify({ user_id: 'ana', team: { id: 7 } }));
  expect(readDeviceUser()).toEqual({ user_id: 'ana', email: '' });
});

test.each([
  '{half',
  '7',
  '"ana"',
  '[]',
  '{}',
  '{"user_id": 7, "email": "a"}',
  '{"user_id": "a", "email": {}}',
])('unreadable text signs nobody in: %s', (kept) => {
  localStorage.setItem('atomic-crm:user', kept);
  expect(readDeviceUser()).toBeUndefined();
});
