import { expect, test } from 'vitest';
import { formatBytes } from './storage';

test.each([
  [0, '0 kB'],
  [12_345, '12 kB'],
  [3_400_000, '3.4 MB'],
  [120_000_000_000, '120 GB'],
])('%d bytes read %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
