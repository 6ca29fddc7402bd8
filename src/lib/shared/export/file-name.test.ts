import { expect, test } from 'vitest';
import { fileNameOf } from './file-name';

test.each([
  ['Signe Øst', 'signe-ost'],
  ['Иван Петров', 'иван-петров'],
  ['太郎 山田', '太郎-山田'],
  ['मीना शर्मा', 'मीना-शर्मा'],
  ['دان علي', 'دان-علي'],
  ["O'Zvc; Smith/Jr.", 'o-zvc-smith-jr'],
  ['Emoji👨‍👩‍👧 Zvc', 'emoji-zvc'],
  ['👨‍👩‍👧', ''],
])('the file of %j is called %j', (name, file) => {
  expect(fileNameOf(name)).toBe(file);
});

test('a long name is cut to what file systems take', () => {
  expect(new TextEncoder().encode(fileNameOf('म'.repeat(300))).length).toBeLessThan(250);
});
