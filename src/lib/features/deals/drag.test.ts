// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dragCards, type Drop } from './drag';

let drops: Drop[];
let stop: () => void;
let board: HTMLElement;

/** Two columns beside each other, 100 wide, with two cards of 50 in the first. */
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'],
  });
  document.body.innerHTML = `<div id="board">
    <section data-stage="new_lead"><ul data-cards>
      <li><article data-deal="a"><a href="/deals/a">A</a></article></li><li><article data-deal="b">B</article></li>
    </ul></section>
    <section data-stage="closed_won"><ul data-cards></ul></section></div>`;
  board = document.querySelector('#board') as HTMLElement;
  const place = (selector: string, x: number, y: number, width: number, height: number) =>
    ((document.querySelector(selector) as HTMLElement).getBoundingClientRect = () =>
      new DOMRect(x, y, width, height));
  place('#board', 0, 0, 200, 400);
  for (const [selector, x] of [
    ['[data-stage=new_lead]', 0],
    ['[data-stage=closed_won]', 100],
  ] as const) {
    place(selector, x, 0, 100, 400);
    place(`${selector} ul`, x, 0, 100, 400);
  }
  place('[data-deal=a]', 0, 0, 100, 50);
  place('[data-deal=b]', 0, 50, 100, 50);
  document.elementFromPoint = () => null;
  board.setPointerCapture = () => undefined;
  drops = [];
  stop = dragCards(board, (drop) => drops.push(drop));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const card = () => document.querySelector('[data-deal=a]') as HTMLElement;
const lifted = () => card().hasAttribute('data-lifted');
function pointer(type: string, x: number, y: number, pointerType = 'touch') {
  const target = type === 'pointerdown' ? card() : window;
  const details = { clientX: x, clientY: y, button: 0, bubbles: true };
  target.dispatchEvent(Object.assign(new MouseEvent(type, details), { pointerType, pointerId: 1 }));
}
function touchMove() {
  const event = new Event('touchmove', { cancelable: true, bubbles: true });
  board.dispatchEvent(event);
  return event.defaultPrevented;
}

test('a finger that moves at once scrolls the board', () => {
  pointer('pointerdown', 50, 20);
  pointer('pointermove', 50, 40);
  vi.advanceTimersByTime(1000);
  expect(lifted()).toBe(false);
  expect(touchMove()).toBe(false);
  pointer('pointerup', 50, 40);
  expect(drops).toEqual([]);
});

test('a resting finger carries a card while the board stays still', () => {
  pointer('pointerdown', 50, 20);
  expect(touchMove()).toBe(false);
  vi.advanceTimersByTime(400);
  expect(lifted()).toBe(true);
  expect(touchMove()).toBe(true);
  pointer('pointermove', 150, 20);
  vi.advanceTimersByTime(50);
  pointer('pointerup', 150, 20);
  expect(drops).toEqual([{ deal: 'a', stage: 'closed_won', above: undefined, below: undefined }]);
  expect(lifted()).toBe(false);
});

test('the listener against scrolling is there before the first touch', () => {
  stop();
  const heard = vi.spyOn(EventTarget.prototype, 'addEventListener');
  stop = dragCards(board, (drop) => drops.push(drop));
  const atRest = heard.mock.calls.filter(([type]) => type === 'touchmove');
  expect(atRest).toEqual([['touchmove', expect.any(Function), { passive: false }]]);
  pointer('pointerdown', 50, 20);
  vi.advanceTimersByTime(400);
  expect(lifted()).toBe(true);
  expect(heard.mock.calls.filter(([type]) => type === 'touchmove')).toEqual(atRest);
  heard.mockRestore();
});

test('a mouse lifts a card by moving and drops it between two cards', () => {
  pointer('pointerdown', 50, 20, 'mouse');
  pointer('pointermove', 50, 95, 'mouse');
  vi.advanceTimersByTime(50);
  pointer('pointerup', 50, 95, 'mouse');
  expect(drops).toEqual([{ deal: 'a', stage: 'new_lead', above: 'b', below: undefined }]);
});

test('Escape puts the card back where it was', () => {
  pointer('pointerdown', 50, 20, 'mouse');
  pointer('pointermove', 150, 20, 'mouse');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  expect(lifted()).toBe(false);
  pointer('pointerup', 150, 20, 'mouse');
  expect(drops).toEqual([]);
});
