import { expect, test } from 'vitest';
import { installWay } from './install-way';

const iPad = { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605', maxTouchPoints: 5 };
const mac = { ...iPad, maxTouchPoints: 0 };
const iPhone = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/605', maxTouchPoints: 5 };
const plain = { standalone: false, offered: false };

test('an iPad gets the share menu, although it calls itself a Mac', () => {
  expect(installWay({ ...iPad, ...plain })).toBe('share_menu');
  expect(installWay({ ...iPhone, ...plain })).toBe('share_menu');
  expect(installWay({ ...mac, ...plain })).toBe('none');
});

test('Safari on a Mac gets the Dock, and other browsers do not', () => {
  const engine = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
  const way = (userAgent: string) => installWay({ ...plain, userAgent, maxTouchPoints: 0 });
  expect(way(`${engine} Version/17.4 Safari/605.1.15`)).toBe('dock');
  expect(way(`${engine} Chrome/120.0.0.0 Safari/537.36`)).toBe('none');
  expect(way('Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:121.0) Gecko/20100101 Firefox/121.0')).toBe(
    'none',
  );
});

test('offers no installation to people who have installed the app', () => {
  expect(installWay({ ...iPad, ...plain, standalone: true })).toBe('installed');
  expect(installWay({ ...mac, ...plain, offered: true })).toBe('browser');
});
