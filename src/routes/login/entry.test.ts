import { expect, test, vi } from 'vitest';
import { SessionError } from '$lib/shared/session/session-error';
import { StoreError } from '$lib/store/errors';
import { nextPage, problemOf } from './entry';

const next = (value: string) =>
  nextPage(new URL(`https://crm.example.com/login?next=${encodeURIComponent(value)}`));

test('signing in leads to the requested page', () => {
  expect(next('/contacts/1?tab=notes')).toBe('/contacts/1?tab=notes');
});

test.each([
  'https://example.com/',
  '//example.com',
  '/\\example.com',
  '//[',
  'javascript:alert(1)',
  '',
  '/login?next=/',
])('signing in never leads out of the app or back to itself: %s', (value) => {
  expect(next(value)).toBe('/');
});

test("shows our own words about a failure, never the browser's", () => {
  const spoken = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const lost = new TypeError('Failed to fetch dynamically imported module: https://crm.example.com/a.js');
  expect(problemOf(lost)).toEqual({ text: 'Something went wrong. Try again.' });
  expect(problemOf('no error at all').text).toBe('Something went wrong. Try again.');
  expect(spoken).toHaveBeenCalledTimes(2);
  const wrong = new SessionError('wrong_password');
  expect(problemOf(wrong)).toEqual({ text: wrong.message });
  const full = new StoreError('storage_full');
  expect(problemOf(full)).toEqual({ text: full.message });
});
