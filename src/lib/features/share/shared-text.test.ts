import { expect, test } from 'vitest';
import { sharedText } from './shared-text';

const shared = (parts: Record<string, string>) => sharedText(new URLSearchParams(parts));

test('title, text and address become one text', () => {
  expect(shared({ title: 'Menu', text: 'See this', url: 'https://example.com' })).toBe(
    'Menu\nSee this\nhttps://example.com',
  );
});

test('repeated parts appear once', () => {
  expect(
    shared({ title: 'See this', text: 'See this https://example.com', url: 'https://example.com' }),
  ).toBe('See this https://example.com');
  expect(shared({ title: 'Menu', text: 'Menu' })).toBe('Menu');
});

test('sharing nothing gives an empty text', () => expect(shared({})).toBe(''));
