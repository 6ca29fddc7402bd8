import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const components = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.svelte'),
);
const blocks = components.flatMap((path) =>
  [...readFileSync(`src/${path}`, 'utf8').matchAll(/\{#each (.+?)\}\s*(?=[<{\n])/gs)].map(
    ([, head = '']) => ({
      path,
      head: head.replace(/\s+/g, ' '),
    }),
  ),
);

/** Text that people read: two rows may have the same, and then Svelte draws neither of them. */
const words = /\((?:\w+\.)?(label|letter|title|meaning|sentence|text|heading)\)$|\((?:\w+\.)?(full_)?name\)$/;

test('the list of rows is found in every component', () => {
  expect(blocks.length).toBeGreaterThan(70);
});

test.each(blocks)('$path: {#each $head} has a key that is no word people read', ({ head }) => {
  expect(head).toMatch(/\(.+\)$/);
  const isPlainName = / as (\w+)(, \w+)? \(\1\)$/.test(head);
  if (!isPlainName) expect(head).not.toMatch(words);
});
