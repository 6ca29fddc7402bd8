import { expect, test } from 'vitest';
import { fold } from './fold';

test.each([
  ['Łódź', 'lodz'],
  ['Ångström & Søn', 'angstrom & son'],
  ['Straße', 'strasse'],
  ['ÆGIR', 'aegir'],
  ['plain', 'plain'],
])('%s is found by %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});
