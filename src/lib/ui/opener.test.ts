// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modal } from './modal';
import { opener, watchOpeners } from './opener';

let stop: () => void;
const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector) as T;

beforeEach(() => {
  document.body.innerHTML = `
    <main tabindex="-1"><input id="filter"><button id="edit"><svg><path /></svg></button>
      <button id="more" popovertarget="menu">More</button>
      <div id="menu" popover="auto"><button id="item">Merge</button></div></main>
    <dialog><input></dialog>`;
  // The test browser has no modal dialogs and no popovers.
  const dialog = find<HTMLDialogElement>('dialog');
  Object.assign(dialog, { showModal: () => dialog.querySelector('input')?.focus(), close: () => undefined });
  stop = watchOpeners();
});
afterEach(() => {
  document.dispatchEvent(new KeyboardEvent('keydown'));
  stop();
});

/** A tap like in Safari: the button does not get the focus, and the focused element loses it. */
function tap(selector: string) {
  find(selector).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  (document.activeElement as HTMLElement).blur();
}
const key = (name: string) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
const openDialog = () => modal(() => undefined)(find<HTMLDialogElement>('dialog')) as () => void;
function toggles(newState: 'open' | 'closed') {
  for (const type of ['beforetoggle', 'toggle'])
    find('#menu').dispatchEvent(Object.assign(new Event(type), { newState }));
}

test('a sheet returns the focus to the tapped button, also in Safari', () => {
  tap('#edit path');
  const close = openDialog();
  expect(document.activeElement).toBe(find('dialog input'));
  close();
  expect(document.activeElement).toBe(find('#edit'));
});

test('a sheet opened by a key returns the focus to where it was', () => {
  tap('#edit');
  find('#filter').focus();
  key('n');
  const close = openDialog();
  close();
  expect(document.activeElement).toBe(find('#filter'));
});

test('a sheet opened from a menu returns the focus to the menu button', () => {
  tap('#item');
  const close = openDialog();
  find('#item').remove();
  close();
  expect(document.activeElement).toBe(find('#more'));
});

test('a menu returns the focus to its button only if closed from inside', () => {
  find('#item').focus();
  toggles('closed');
  expect(document.activeElement).toBe(find('#more'));
  find('#filter').focus();
  toggles('closed');
  expect(document.activeElement).toBe(find('#filter'));
});

test('a press on nothing changes nothing, and stopping ends everything', () => {
  find('#filter').focus();
  find('main').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  expect(opener()).toBe(find('#filter'));
  stop();
  tap('#edit');
  expect(opener()).toBeUndefined();
});
