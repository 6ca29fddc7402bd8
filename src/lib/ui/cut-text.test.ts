import { expect, test } from 'vitest';
import { cutText } from './cut-text';

const family = '👨‍👩‍👧‍👦';

test('cuts a text between two characters, never within one', () => {
  expect(cutText('abc', 3)).toBe('abc');
  expect(cutText('abcd', 3)).toBe('abc');
  expect(cutText('ab😀cd', 3)).toBe('ab😀');
  expect(cutText(`ab${family}`, 5)).toBe('ab');
  expect(cutText(`ab${family}c`, 9)).toBe(`ab${family}`);
  expect(cutText('abe\u0301f', 3)).toBe('ab');
  expect(cutText('कीमत', 1)).toBe('');
});
