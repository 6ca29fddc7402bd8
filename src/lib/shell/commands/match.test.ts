import { expect, test } from 'vitest';
import { matchingCommands, meansCommand, type Command } from './match';

const command = (label: string, words = ''): Command => ({
  id: label,
  group: 'Actions',
  label,
  words,
  run: () => undefined,
});
const all = [
  command('New contact', 'add create'),
  command('Contacts', 'go to'),
  command('Sign out', 'log out'),
];
const labels = (typed: string) => matchingCommands(all, typed).map(({ label }) => label);

test('the beginnings of words are enough, in any order', () => {
  expect(labels('con')).toEqual(['New contact', 'Contacts']);
  expect(labels('contact new')).toEqual(['New contact']);
  expect(labels('add c')).toEqual(['New contact']);
  expect(labels('log out')).toEqual(['Sign out']);
});

test('everything is offered while nothing is typed, and nothing for other words', () => {
  expect(labels(' ')).toHaveLength(all.length);
  expect(labels('hotel')).toEqual([]);
});

test('records come first until the text can only mean a command', () => {
  expect(meansCommand(all, 'con')).toBe(false);
  expect(meansCommand(all, 'new')).toBe(false);
  expect(meansCommand(all, 'new c')).toBe(true);
  expect(meansCommand(all, 'Contacts')).toBe(true);
});
