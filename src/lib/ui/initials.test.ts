import { expect, test } from 'vitest';
import { hueOf, initials } from './initials';

test.each([
  ['Maya Okafor', 'MO'],
  ['Jean-Luc van den Berg', 'JB'],
  ['Bistro', 'B'],
  ['Élodie Ørsted', 'ÉØ'],
  ['(Bob) Smith', 'BS'],
  ['Ana “Nita” (Silva)', 'AS'],
  ['’t Hart', 'TH'],
  ['«Alba»', 'A'],
  ['Robert Downey Jr.', 'RD'],
  ['Davis Love III', 'DL'],
  ['42 Degrees', '4D'],
  ['E\u0301lodie', 'É'],
  ['𠮷田 太郎', '𠮷太'],
  ['\u200fשרה', 'ש'],
  ['ﬁnch', 'F'],
  ['👨‍👩‍👧 Family', 'F'],
  ['', '?'],
  ['  —  ', '?'],
])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('a name keeps its tint', () => {
  expect(hueOf('Maya Okafor')).toBe(hueOf('Maya Okafor'));
});

test('names get hues from the whole circle', () => {
  const hues = Array.from({ length: 100 }, (_, index) => hueOf(`rep${index}@example.com`));
  const quarters = new Set(hues.map((hue) => Math.floor(hue / 90)));
  expect([...quarters].sort()).toEqual([0, 1, 2, 3]);
});
