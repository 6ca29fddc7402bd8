// @vitest-environment jsdom
import { mount, unmount, type Component, type ComponentProps } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import Checkbox from '$lib/ui/Checkbox.svelte';
import SearchField from '$lib/ui/SearchField.svelte';
import TextArea from '$lib/ui/TextArea.svelte';
import TextField from '$lib/ui/TextField.svelte';
import ListRow from './ListRow.svelte';
import { Selection } from './selection.svelte';

function shown<C extends Component<never>>(component: C, props: ComponentProps<C>): HTMLElement {
  const mounted = mount(component as Component, { target: document.body, props });
  onTestFinished(() => void unmount(mounted));
  return document.body;
}
const directions = (body: HTMLElement, selector: string) =>
  [...body.querySelectorAll(selector)].map((element) => element.getAttribute('dir'));

test('a name in a list is read in the direction of its script', () => {
  const row = { id: 'a', selection: new Selection(), href: '/contacts/a', current: false };
  const body = shown(ListRow, { ...row, name: 'שרה כהן', second: 'מנהלת at Example Foods' });
  expect(directions(body, 'a, p')).toEqual(['auto', 'auto']);
});

test('what is typed is read in the direction of its script, addresses and numbers from the left', () => {
  expect(directions(shown(TextField, { label: 'Last name' }), 'input')).toEqual(['auto']);
  expect(directions(shown(TextArea, { label: 'Background' }), 'textarea')).toEqual(['auto']);
  expect(directions(shown(SearchField, { label: 'Filter contacts' }), 'input[type=search]')).toEqual([
    'auto',
  ]);
  expect(directions(shown(TextField, { label: 'Email', type: 'email' }), 'input[type=email]')).toEqual([
    null,
  ]);
});

test('the title of a task is read in the direction of its script', () => {
  const label = shown(Checkbox, { label: 'اتصل بسارة' }).querySelector('label > span:last-child');
  expect([label?.getAttribute('dir'), label?.textContent]).toEqual(['auto', 'اتصل بسارة']);
});
