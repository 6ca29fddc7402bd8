/**
 * `npm run screenshots:webkitgtk [-- <folder> [<width>]]`: every page in WebKitGTK at the widths of iPads in portrait,
 * from the real app with the demo data. Without a folder, the screenshots go to a temporary one.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../e2e/server';
import { fileName, openPages, pages } from '../screenshots/pages';
import { Browser } from './browser';
import type { Tab } from './tab';

/** The iPad mini and the 9.7-inch, 10.2-inch, 10.9-inch and 12.9-inch iPads. */
const heights = { 744: 1133, 768: 1024, 810: 1080, 820: 1180, 1024: 1366 } as const;
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'atomic-crm-webkitgtk-'));
const only = process.argv[3];

async function signIn(tab: Tab, url: string): Promise<void> {
  await tab.go(`${url}/login`);
  await tab.role('button', 'Use manager@example.com').click();
  await tab.role('button', 'Sign in').click();
  await tab.role('status', 'Sync status').with('Synced').shown();
}

/** The page's address; `*` stands for the first record of its list. */
async function addressOf(tab: Tab, url: string, path: string): Promise<string> {
  if (!path.endsWith('/*')) return url + path;
  const list = path.slice(0, -2);
  await tab.go(url + list);
  const link = tab.css(`main a[href^="${list}/0"]`);
  await link.shown();
  return url + (await link.attribute('href'));
}

async function shoot(tab: Tab, url: string, path: string, width: string): Promise<void> {
  await tab.go(await addressOf(tab, url, path));
  await tab.css('h1').shown();
  const status = tab.role('status', 'Sync status');
  if (!openPages.includes(path) && !/^\/(help|nowhere)/.test(path)) await status.with('Synced').shown();
  await tab.run(() => document.fonts.ready.then(() => undefined));
  writeFileSync(join(folder, `${width}${fileName(path)}.png`), await tab.driver.screenshot());
}

mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'atomic-crm-screenshots-'));
const app = await start('app', { PORT: '0', DATA_DIR: join(data, 'demo') });
try {
  for (const [width, height] of Object.entries(heights).filter(([width]) => !only || width === only)) {
    const browser = await Browser.open('webkitgtk', join(data, width), { width: Number(width), height });
    try {
      for (const path of openPages) await shoot(browser.tab, app.url, path, width);
      await signIn(browser.tab, app.url);
      for (const path of pages) await shoot(browser.tab, app.url, path, width);
    } finally {
      await browser.kill();
    }
  }
  console.log(`The screenshots are in ${folder}`);
} finally {
  await app.stop();
  rmSync(data, { recursive: true, force: true });
}
