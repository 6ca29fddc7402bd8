// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseGuide } from './parse-guide';

const folder = 'docs/guide';
const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
const parse = (markdown: string) => parseGuide(markdown, () => ({ width: 2, height: 1 }));

test.each(files)('%s can be shown, and what it links to is there', (file) => {
  const page = parse(readFileSync(join(folder, file), 'utf8'));
  expect(page.title).not.toBe('');
  const text = JSON.stringify(page);
  for (const [, slug = ''] of text.matchAll(/"\/help\/([\w-]+)"/g)) expect(files).toContain(`${slug}.md`);
  for (const [, src = ''] of text.matchAll(/"src":"([^"]+)"/g))
    expect(existsSync(join(folder, src))).toBe(true);
});

test('keeps bold text, keys and links', () => {
  const { blocks } = parse('# T\n\nPress `N` or **wait**, see [more](offline.md).');
  expect(blocks).toEqual([
    {
      type: 'paragraph',
      spans: [
        { type: 'text', text: 'Press ' },
        { type: 'key', text: 'N' },
        { type: 'text', text: ' or ' },
        { type: 'strong', spans: [{ type: 'text', text: 'wait' }] },
        { type: 'text', text: ', see ' },
        { type: 'link', href: '/help/offline', spans: [{ type: 'text', text: 'more' }] },
        { type: 'text', text: '.' },
      ],
    },
  ]);
});

test('a picture knows its size before it is loaded', () => {
  expect(parse('# T\n\n![A board](images/b.webp)').blocks).toEqual([
    { type: 'image', src: 'images/b.webp', alt: 'A board', width: 2, height: 1 },
  ]);
});

test('unsupported markup stops the build', () => {
  expect(() => parse('# T\n\n<b>bold</b>')).toThrow('The guide has no html.');
  expect(() => parse('No title')).toThrow('begins with its title');
});
