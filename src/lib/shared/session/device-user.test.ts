// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { readDeviceUser, writeDeviceUser } from './device-user';

beforeEach(() => localStorage.clear());

test('who is signed in is read as it was written', () => {
  writeDeviceUser({ user_id: 'ana', email: 'ana@example.com' });
  expect(readDeviceUser()).toEqual({ user_id: 'ana', email: 'ana@example.com' });
});

test('nobody is signed out by a release that stores more or less', () => {
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
])('nobody is signed in by what cannot be read: %s', (kept) => {
  localStorage.setItem('atomic-crm:user', kept);
  expect(readDeviceUser()).toBeUndefined();
});
