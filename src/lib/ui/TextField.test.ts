// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import TextField from './TextField.svelte';

function field(props: { label: string; asTyped?: boolean; type?: 'email' }): HTMLInputElement {
  const component = mount(TextField, { target: document.body, props });
  onTestFinished(() => void unmount(component));
  const input = document.querySelector('input');
  if (!input) throw new Error('There is no field.');
  return input;
}

test('a field for names has no corrections and no smart apostrophes', () => {
  const input = field({ label: 'Last name', asTyped: true });
  expect([input.getAttribute('spellcheck'), input.getAttribute('autocorrect')]).toEqual(['false', 'off']);
});

test('every field for a name keeps the typed text', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const components = sources.filter((path) => path.endsWith('.svelte'));
  const fields = components.flatMap((path) =>
    (readFileSync(`src/${path}`, 'utf8').match(/<TextField\b[^>]*\blabel="[^"]*\bname"[^>]*/gi) ?? []).filter(
      (tag) => !tag.includes('label="View name"'),
    ),
  );
  expect(fields.length).toBeGreaterThan(6);
  for (const tag of fields) expect(tag).toContain('asTyped');
});
