import { expect, test } from 'vitest';
import { hueOf, initials } from './initials';

test.each([
  ['Maya Okafor', 'MO'],
  ['Jean-Luc van den Berg', 'JB'],
  ['Bistro', 'B'],
  ['Élodie Ørsted', 'ÉØ'],
  ['', '?'],
  ['  —  ', '?'],
])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('a name keeps its tint', () => {
  expect(hueOf('Maya Okafor')).toBe(hueOf('Maya Okafor'));
  expect(hueOf('Maya Okafor')).toBeLessThan(360);
});
