// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import DateField from './DateField.svelte';

function field(): { input: HTMLInputElement; days: string[]; type: (value: string) => void } {
  const days: string[] = [];
  const props = { label: 'Due date', onday: (day: string) => days.push(day) };
  const component = mount(DateField, { target: document.body, props });
  onTestFinished(() => void unmount(component));
  flushSync();
  const input = document.querySelector('input');
  if (!input) throw new Error('There is no field.');
  const type = (value: string) => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { input, days, type };
}

test('reports no year that appears while 2026 is typed', () => {
  const { input, days, type } = field();
  for (const value of ['0002-12-03', '0020-12-03', '0202-12-03']) {
    type(value);
    expect(input.value).toBe(value);
  }
  type('2026-12-03');
  expect(days).toEqual(['2026-12-03']);
});

test('completes a two-digit year when the field is left', () => {
  const { input, days, type } = field();
  type('0026-12-03');
  input.dispatchEvent(new FocusEvent('blur'));
  flushSync();
  expect(input.value).toBe('2026-12-03');
  expect(days).toEqual(['2026-12-03']);
  expect(input.getAttribute('aria-invalid')).toBeNull();
});

test('a field says at once that a year is impossible', () => {
  const { input, days, type } = field();
  type('0206-12-03');
  input.dispatchEvent(new FocusEvent('blur'));
  flushSync();
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.body.textContent).toContain('Choose a year from 1900 to 2199.');
  expect(days).toEqual([]);
});
