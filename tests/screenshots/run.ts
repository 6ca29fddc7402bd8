/**
 * `npm run screenshots [-- <folder>]`: every page at four widths, light and dark, from the real app with the demo
 * data, and one contact sheet of them all. The picture in the README and those of the user guide come from here too.
 */
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../e2e/browser';
import { start } from '../e2e/server';
import { firstRecord, signIn, synced } from './app';
import { guidePictures } from './guide';

const widths = { 390: 844, 820: 1180, 1180: 820, 1440: 900 } as const;
const themes = ['light', 'dark'] as const;
const lists = ['contacts', 'companies', 'deals'];
const pages = [
  '/login',
  '/',
  ...lists.flatMap((list) => [`/${list}`, `/${list}/*`]),
  '/tasks',
  '/activity',
].concat(['/sync', '/import', '/settings']);
const readme = 'docs/screenshot.png';

/** The address of a page; `*` stands for the first record of its list. */
const address = async (page: Page, url: string, path: string): Promise<string> =>
  path.endsWith('/*') ? firstRecord(page, url, path.slice(0, -2)) : url + path;

async function shoot(context: BrowserContext, url: string, folder: string, name: string): Promise<string[]> {
  const page = await context.newPage();
  const files: string[] = [];
  await signIn(page, url);
  for (const path of pages) {
    await page.goto(await address(page, url, path));
    await page.locator('main, form').first().waitFor();
    if (path !== '/login') await synced(page);
    await page.evaluate(() => document.fonts.ready);
    const file = `${name}${path.replaceAll('/', '_').replace('*', 'record')}.png`;
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    files.push(file);
  }
  return files;
}

async function contactSheet(browser: Browser, folder: string, files: string[]): Promise<void> {
  const cells = files.map((file) => {
    const picture = readFileSync(join(folder, file)).toString('base64');
    return `<figure><img src="data:image/png;base64,${picture}"><figcaption>${file}</figcaption></figure>`;
  });
  const page = await browser.newPage({ viewport: { width: 2400, height: 1200 } });
  await page.setContent(`<style>
    body { margin: 16px; display: grid; grid-template-columns: repeat(${pages.length}, 1fr); gap: 12px; font: 11px sans-serif }
    figure { margin: 0 } img { width: 100%; border: 1px solid #bbb }</style>${cells.join('')}`);
  await page.screenshot({ path: join(folder, 'contact-sheet.png'), fullPage: true });
}

const folder = process.argv[2] ?? 'test-results/screenshots';
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'atomic-crm-screenshots-'));
const server = await start('app', { PORT: '0', DATA_DIR: join(data, 'data') });
const browser = await chromium.launch({
  ...ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const files: string[] = [];
  for (const [width, height] of Object.entries(widths))
    for (const colorScheme of themes) {
      const viewport = { width: Number(width), height };
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      files.push(...(await shoot(context, server.url, folder, `${width}-${colorScheme}`)));
      await context.close();
    }
  await contactSheet(browser, folder, files);
  await guidePictures(browser, server.url);
  cpSync(join(folder, '1180-light_contacts_record.png'), readme);
  writeFileSync(join(folder, 'index.txt'), files.join('\n'));
  console.log(`${files.length} screenshots and contact-sheet.png in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
