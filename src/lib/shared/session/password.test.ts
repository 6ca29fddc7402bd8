import { expect, test } from 'vitest';
import { passwordProblem } from './password';

test.each([
  ['too short', 'short', /at least 6/],
  ['longer than 72 letters', 'x'.repeat(73), /too long/],
  ['longer than 72 bytes', 'é'.repeat(37), /too long/],
])('a password that is %s is refused before it is sent', (_, password, sentence) => {
  expect(passwordProblem(password)).toMatch(sentence);
});

test.each(['x'.repeat(72), 'é'.repeat(36), '🦪'.repeat(18)])('72 bytes are accepted: %s', (password) => {
  expect(passwordProblem(password)).toBe('');
});
