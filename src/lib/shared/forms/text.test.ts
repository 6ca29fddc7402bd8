import { expect, test } from 'vitest';
import { joinTags, splitTags } from './text';

test('tags are split at commas, each once', () => {
  expect(splitTags(' vip, north ,, vip,east')).toEqual(['vip', 'north', 'east']);
  expect(splitTags('')).toEqual([]);
});

test.each([
  [['Food, fresh', 'VIP']],
  [['a|b', 'c;d', 'plain']],
  [['say "hi"', '"quoted"', 'a, "b", c']],
  [['* starred', 'x ::: y']],
  [['5" pipe', '', 'ends with "'].filter(Boolean)],
])('tags survive writing and reading: %j', (tags) => {
  expect(splitTags(joinTags(tags))).toEqual(tags);
  expect(splitTags(joinTags(tags), '[,;|\\n]')).toEqual(tags);
});

test('an unclosed quotation mark is part of its tag', () => {
  expect(splitTags('"open, next')).toEqual(['"open', 'next']);
});
