// @vitest-environment jsdom
import { createRawSnippet, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import Menu from './Menu.svelte';

test('two items with the same label are both in the menu', () => {
  const children = createRawSnippet(() => ({ render: () => '<span>Assign</span>' }));
  const chosen: string[] = [];
  const items = ['first', 'second'].map((id) => ({
    label: 'Ana Silva',
    onselect: () => void chosen.push(id),
  }));
  const component = mount(Menu, { target: document.body, props: { label: 'Assign', items, children } });
  onTestFinished(() => void unmount(component));
  const menu = document.querySelector<HTMLElement>('[role=menu]');
  if (!menu) throw new Error('There is no menu.');
  // jsdom has no popovers, so the test does what the browser does when the menu opens.
  menu.hidePopover = () => undefined;
  menu.dispatchEvent(Object.assign(new Event('beforetoggle'), { newState: 'open' }));
  const entries = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  expect(entries.map((entry) => entry.textContent.trim())).toEqual(['Ana Silva', 'Ana Silva']);
  for (const entry of entries) entry.click();
  expect(chosen).toEqual(['first', 'second']);
});
