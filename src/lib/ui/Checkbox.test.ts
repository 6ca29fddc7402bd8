// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import Checkbox from './Checkbox.svelte';

function box(onchange: (checked: boolean) => Promise<boolean>): HTMLInputElement {
  const component = mount(Checkbox, { target: document.body, props: { label: 'Call Ana', onchange } });
  onTestFinished(() => void unmount(component));
  flushSync();
  const input = document.querySelector('input');
  if (!input) throw new Error('There is no box.');
  return input;
}

test('the box shows the stored value after a failed save', async () => {
  const input = box(async () => false);
  input.click();
  expect(input.checked).toBe(true);
  await vi.waitFor(() => expect(input.checked).toBe(false));
});

test('the box stays checked after a save', async () => {
  const asked: boolean[] = [];
  const input = box(async (checked) => asked.push(checked) > 0);
  input.click();
  await vi.waitFor(() => expect(asked).toEqual([true]));
  expect(input.checked).toBe(true);
});
