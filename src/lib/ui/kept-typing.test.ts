// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { KeptTyping } from './kept-typing';
import { toast } from './toast.svelte';

beforeEach(() => {
  sessionStorage.clear();
  document.body.innerHTML = '';
});

/** A page of the app in this tab, with the text that the previous page kept. */
function open() {
  const window = new EventTarget();
  const typing = new KeptTyping(window, () => sessionStorage);
  return { typing, end: () => window.dispatchEvent(new Event('pagehide')) };
}

/** Shows a field as the app does, with a label around it. */
function show(typing: KeptTyping, value = '', markup = '<input type="text">', part = 'section') {
  const field = document.createElement('div');
  field.innerHTML = `<${part} aria-label="Facts"><label>Title ${markup}</label></${part}>`;
  document.body.append(field);
  const control = field.querySelector<HTMLInputElement>('input, textarea');
  if (!control) throw new Error('no field');
  control.value = value;
  const heard: string[] = [];
  control.addEventListener('input', () => heard.push(control.value));
  const leave = typing.follow(field);
  const close = () => {
    field.remove();
    leave?.();
  };
  const type = (text: string) => {
    control.focus();
    control.value = text;
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  return { control, heard, type, close };
}

/** Types into a field, ends the page, and shows the field again on the next one. */
function across(before: string, typed: string, shownAgain: string) {
  const first = open();
  const { type } = show(first.typing, before);
  type(typed);
  first.end();
  document.body.innerHTML = '';
  const second = open();
  return { ...show(second.typing, shownAgain), ...second };
}

test('restores text that was typed when the page ended', () => {
  const { control, heard, typing } = across('Chef', 'Head chef', 'Chef');
  expect(control.value).toBe('Head chef');
  expect(heard).toEqual(['Head chef']);
  expect(typing.inUse).toBe(true);
});

test('keeps the text if the page ends twice before the field opens', () => {
  const first = open();
  show(first.typing).type('Half a note');
  first.end();
  document.body.innerHTML = '';
  open().end();
  const third = open();
  expect(third.typing.waiting).toEqual([{ name: '', label: 'Title' }]);
  expect(show(third.typing).control.value).toBe('Half a note');
  expect(third.typing.waiting).toEqual([]);
});

test('does not restore text that was saved', () => {
  const first = open();
  const { control, type } = show(first.typing);
  type('A note');
  // The form empties itself after the save, without a person typing.
  control.value = '';
  first.end();
  document.body.innerHTML = '';
  expect(show(open().typing).control.value).toBe('');
});

test('an editor that was closed keeps nothing', () => {
  const first = open();
  const { type, close } = show(first.typing);
  type('Never mind');
  close();
  expect(first.typing.inUse).toBe(false);
  first.end();
  expect(open().typing.waiting).toEqual([]);
});

test('older text does not replace what a colleague changed', async () => {
  const { control } = across('Chef', 'Head chef', 'Buyer');
  expect(control.value).toBe('Buyer');
  await expect.poll(() => toast.messages.at(-1)?.text).toBe('“Title” has changed. You had typed: Head chef');
});

test('text returns only to the field in the same place', () => {
  const first = open();
  show(first.typing, '', '<input type="text" name="1">').type('about one');
  first.end();
  document.body.innerHTML = '';
  const second = open();
  expect(show(second.typing, '', '<input type="text" name="2">').control.value).toBe('');
  expect(show(second.typing, '', '<input type="text" name="1">').control.value).toBe('about one');
});

test.each(['<input type="password">', '<input type="text" role="combobox">', '<input type="checkbox">'])(
  'keeps no passwords and no choices: %s',
  (markup) => {
    const { typing, end } = open();
    show(typing, '', markup).type('secret');
    end();
    expect(sessionStorage).toHaveLength(0);
  },
);

test('signing out removes everything typed in the tab', () => {
  const { typing, end } = open();
  show(typing).type('private');
  end();
  const next = open();
  next.typing.forget();
  next.end();
  expect(open().typing.waiting).toEqual([]);
});

test('deletes unreadable text', () => {
  sessionStorage.setItem('atomic-crm:typing', '[["/x",null],{half');
  expect(open().typing.waiting).toEqual([]);
  sessionStorage.setItem('atomic-crm:typing', '[["/\\n\\n\\nTitle",null]]');
  expect(open().typing.waiting).toEqual([]);
});
