// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anchored } from './anchored';

let field: HTMLElement;
let list: HTMLElement;
let stop: () => void;

/** A field 40 px high at `top`, and a list of 300 × 200 px, in a window of 820 × 1180. */
function fieldAt(top: number) {
  field.getBoundingClientRect = () => new DOMRect(20, top, 240, 40);
}
function see(part: Partial<Pick<VisualViewport, 'height' | 'offsetTop' | 'width' | 'offsetLeft'>>) {
  Object.assign(window.visualViewport ?? {}, part);
  window.visualViewport?.dispatchEvent(new Event('resize'));
}

beforeEach(() => {
  document.body.innerHTML = '<input><div></div>';
  field = document.querySelector('input') as HTMLElement;
  list = document.querySelector('div') as HTMLElement;
  Object.defineProperties(list, { offsetWidth: { value: 300 }, scrollHeight: { value: 200 } });
  Object.assign(window, { innerWidth: 820, innerHeight: 1180 });
  const whole = { width: 820, height: 1180, offsetTop: 0, offsetLeft: 0 };
  Object.defineProperty(window, 'visualViewport', {
    value: Object.assign(new EventTarget(), whole),
    configurable: true,
  });
  stop = () => undefined;
});
afterEach(() => {
  stop();
  Reflect.deleteProperty(window, 'visualViewport');
  document.documentElement.removeAttribute('style');
});

test("a list opens below its field, or above it near the window's end", () => {
  fieldAt(600);
  stop = anchored(field, list);
  expect(list.style).toMatchObject({ top: '644px', translate: 'none' });
  fieldAt(1100);
  window.dispatchEvent(new Event('resize'));
  expect(list.style).toMatchObject({ top: '1096px', translate: '0 -100%' });
});

test('a list opens above the field when a keyboard covers the space below', () => {
  fieldAt(600);
  stop = anchored(field, list);
  see({ height: 700 });
  expect(list.style).toMatchObject({ top: '596px', translate: '0 -100%', maxHeight: '588px' });
  see({ height: 1180 });
  expect(list.style).toMatchObject({ top: '644px', translate: 'none' });
});

test('a list stays in the visible part of a page moved by the keyboard', () => {
  fieldAt(600);
  stop = anchored(field, list);
  see({ height: 700, offsetTop: 400 });
  expect(list.style).toMatchObject({ top: '644px', translate: 'none', maxHeight: '448px' });
});

test('a list stays away from the edges that the device needs', () => {
  document.documentElement.style.setProperty('--safe-bottom', '20px');
  document.documentElement.style.setProperty('--safe-right', '59px');
  field.getBoundingClientRect = () => new DOMRect(700, 600, 100, 40);
  stop = anchored(field, list);
  expect(list.style).toMatchObject({ maxHeight: '508px', left: '453px' });
});

test('a closed list is not repositioned', () => {
  fieldAt(600);
  anchored(field, list)();
  see({ height: 700 });
  expect(list.style.translate).toBe('none');
});
