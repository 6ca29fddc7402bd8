import { expect, test } from 'vitest';
import { bareEmail, isEmailAddress, webAddress } from './check';

test.each([
  ['www.example.com', 'https://www.example.com'],
  [' example.com/menu ', 'https://example.com/menu'],
  ['http://example.com', 'http://example.com'],
  ['example.com:8080/x', 'https://example.com:8080/x'],
])('%s is meant as %s', (typed, address) => {
  expect(webAddress(typed)).toBe(address);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.com',
  'just words',
  'localhost',
  'mailto:a@example.com',
])('only http addresses become links: %s', (typed) => {
  expect(webAddress(typed)).toBeUndefined();
});

test('an address without an at sign or with a space is not an email address', () => {
  expect(isEmailAddress('ana@example.com')).toBe(true);
  expect(isEmailAddress('ana.example.com')).toBe(false);
  expect(isEmailAddress('ana @example.com')).toBe(false);
});

test.each([
  ' ana@example.com ',
  'mailto:ana@example.com',
  '<ana@example.com>',
  '\u200bana@example.com\ufeff',
  '‹ana@example.com›.',
])('removes the text around the pasted address %j', (pasted) => {
  expect(bareEmail(pasted)).toBe('ana@example.com');
});
