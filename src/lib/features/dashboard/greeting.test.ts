import { expect, test } from 'vitest';
import { greeting } from './greeting';

test.each([
  ['2026-03-15T04:59:00', 'Nora Lindqvist', 'Good evening, Nora'],
  ['2026-03-15T05:00:00', 'Nora Lindqvist', 'Good morning, Nora'],
  ['2026-03-15T12:00:00', 'Nora', 'Good afternoon, Nora'],
  ['2026-03-15T18:00:00', '  ', 'Good evening'],
  ['2026-03-15T18:00:00', undefined, 'Good evening'],
])('at %s %s reads %s', (at, name, words) => {
  expect(greeting(new Date(at), name)).toBe(words);
});
