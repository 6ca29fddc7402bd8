import { expect, test } from 'vitest';
import { nextPage } from './entry';

const next = (value: string) =>
  nextPage(new URL(`https://crm.example.com/login?next=${encodeURIComponent(value)}`));

test('signing in leads to the page that was asked for', () => {
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
