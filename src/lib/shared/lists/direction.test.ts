// @vitest-environment jsdom
import { mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import Checkbox from '$lib/ui/Checkbox.svelte';
import SearchField from '$lib/ui/SearchField.svelte';
import TextArea from '$lib/ui/TextArea.svelte';
import TextField from '$lib/ui/TextField.svelte';
import ListRow from './ListRow.svelte';
import { Selection } from './selection.svelte';

const target = document.body;
function shown(mounted: ReturnType<typeof mount>): HTMLElement {
  onTestFinished(() => void unmount(mounted));
  return target;
}
const directions = (body: HTMLElement, selector: string) =>
  [...body.querySelectorAll(selector)].map((element) => element.getAttribute('dir'));

test('a listed name has the direction of its script', () => {
  const row = { id: 'a', selection: new Selection(), href: '/contacts/a', current: false };
  const body = shown(
    mount(ListRow, { target, props: { ...row, name: 'שרה כהן', second: 'מנהלת at Example Foods' } }),
  );
  expect(directions(body, 'a, p')).toEqual(['auto', 'auto']);
});

test('typed text has the direction of its script', () => {
  expect(directions(shown(mount(TextField, { target, props: { label: 'Last name' } })), 'input')).toEqual([
    'auto',
  ]);
  expect(directions(shown(mount(TextArea, { target, props: { label: 'Background' } })), 'textarea')).toEqual([
    'auto',
  ]);
  expect(
    directions(
      shown(mount(SearchField, { target, props: { label: 'Filter contacts' } })),
      'input[type=search]',
    ),
  ).toEqual(['auto']);
});

test('the title of a task has the direction of its script', () => {
  const label = shown(mount(Checkbox, { target, props: { label: 'اتصل بسارة' } })).querySelector(
    'label > span:last-child',
  );
  expect([label?.getAttribute('dir'), label?.textContent]).toEqual(['auto', 'اتصل بسارة']);
});
