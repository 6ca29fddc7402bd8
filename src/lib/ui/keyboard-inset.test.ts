import { expect, test } from 'vitest';
import { watchKeyboard } from './keyboard-inset';

/** A window of 800 px whose visible part can be changed as a keyboard does. */
function windowWith(visible: { height: number; scale?: number }) {
  const viewport = Object.assign(new EventTarget(), { offsetTop: 0, scale: 1, ...visible });
  const show = (change: Partial<typeof viewport>) => {
    Object.assign(viewport, change);
    viewport.dispatchEvent(new Event('resize'));
  };
  return { view: { innerHeight: 800, visualViewport: viewport as VisualViewport }, show };
}

test('reports the part that the keyboard covers, and when it closes', () => {
  const { view, show } = windowWith({ height: 800 });
  const told: number[] = [];
  const stop = watchKeyboard((covered) => told.push(covered), view);
  show({ height: 500.4 });
  show({ height: 500, offsetTop: 120 });
  show({ height: 800, offsetTop: 0 });
  stop();
  show({ height: 500 });
  expect(told).toEqual([0, 300, 180, 0]);
});

test('a zoomed page does not count as one with a keyboard', () => {
  const told: number[] = [];
  watchKeyboard((covered) => told.push(covered), windowWith({ height: 400, scale: 2 }).view);
  expect(told).toEqual([0]);
});
