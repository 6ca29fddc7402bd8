// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { longPress } from './long-press';

let row: HTMLElement;
let presses: number;
let clicks: number;
let stop: (() => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.innerHTML = '<ul><li><a href="#">Ana Ruiz</a></li></ul>';
  row = document.querySelector('li') as HTMLElement;
  presses = clicks = 0;
  row.querySelector('a')?.addEventListener('click', () => clicks++);
  stop = longPress(() => presses++)(row) as () => void;
});
afterEach(() => {
  stop?.();
  vi.useRealTimers();
});

const link = () => row.querySelector('a') as HTMLElement;
/** @returns whether the browser's own reaction is allowed */
const send = (type: string, details: PointerEventInit = {}) =>
  link().dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, pointerType: 'touch', ...details }),
  );

test('a resting finger selects, and the next tap opens nothing', () => {
  send('pointerdown', { clientX: 50, clientY: 20 });
  send('pointermove', { clientX: 53, clientY: 22 });
  vi.advanceTimersByTime(500);
  expect(presses).toBe(1);
  expect(send('contextmenu')).toBe(false);
  send('pointerup');
  send('click');
  expect(clicks).toBe(0);
});

test('a scrolling finger, a short tap and a mouse select nothing', () => {
  send('pointerdown', { clientX: 50, clientY: 20 });
  send('pointermove', { clientX: 50, clientY: 40 });
  vi.advanceTimersByTime(500);
  send('pointerdown');
  send('pointerup');
  vi.advanceTimersByTime(500);
  send('pointerdown', { pointerType: 'mouse' });
  vi.advanceTimersByTime(500);
  expect(presses).toBe(0);
  send('click');
  expect(clicks).toBe(1);
});

test('a pencil selects like a finger', () => {
  send('pointerdown', { pointerType: 'pen' });
  vi.advanceTimersByTime(500);
  expect(presses).toBe(1);
});

test('a mouse can drag a link, a resting finger cannot', () => {
  send('pointerdown');
  expect(send('dragstart')).toBe(false);
  send('pointerdown', { pointerType: 'mouse' });
  expect(send('dragstart')).toBe(true);
});

test('long-press targets suppress the link preview of Safari', () => {
  const files = import.meta.glob<string>('../../**/*.svelte', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const reacting = Object.entries(files).filter(([, text]) => /longPress|data-deal=/.test(text));
  expect(reacting.length).toBeGreaterThanOrEqual(3);
  for (const [file, text] of reacting) expect(text, file).toMatch(/pressable/);
  const styles = readFileSync('src/app.css', 'utf8');
  expect(styles).toMatch(/@utility pressable \{\s*-webkit-touch-callout: none;/);
});
