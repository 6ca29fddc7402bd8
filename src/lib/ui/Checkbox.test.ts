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

test('a tick whose save failed does not stay', async () => {
  const input = box(async () => false);
  input.click();
  expect(input.checked).toBe(true);
  await vi.waitFor(() => expect(input.checked).toBe(false));
});

test('a tick that is stored stays', async () => {
  const asked: boolean[] = [];
  const input = box(async (checked) => asked.push(checked) > 0);
  input.click();
  await vi.waitFor(() => expect(asked).toEqual([true]));
  expect(input.checked).toBe(true);
});
