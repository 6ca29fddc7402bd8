import type { Browser, BrowserContext, Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstRecord, sent, signIn, synced } from './app';

const folder = 'docs/guide/images';
const size = { width: 820, height: 620 };

/** Makes the README's picture: a list next to a record, after the tip has been dismissed. */
export async function readmePicture(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 820 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await signIn(page, url, 'rep@example.com');
  await page.goto(await firstRecord(page, url, '/contacts'));
  await synced(page);
  await page.getByRole('button', { name: "Don't show this again" }).click();
  await page.getByRole('list', { name: 'Timeline' }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: 'docs/screenshot.png', animations: 'disabled' });
  await page.close();
}

/** Makes the pictures of the user guide, as small WebP files at double resolution. */
export async function guidePictures(browser: Browser, url: string): Promise<void> {
  const context = await open(browser);
  const page = await context.newPage();
  await signIn(page, url, 'rep@example.com');
  const contact = await firstRecord(page, url, '/contacts');
  await keep(browser, page, 'dashboard', url);
  await keep(browser, page, 'contact', contact);
  await keep(browser, page, 'deals', `${url}/deals`);
  await makeConflict(browser, context, page, url, contact);
  await keep(browser, page, 'conflict', `${url}/sync`, '1 conflict');
  await page.goto(`${url}/tasks`);
  const task = page.getByRole('main').getByRole('checkbox');
  await task.nth(2).waitFor();
  await context.setOffline(true);
  for (const nth of [0, 1, 2]) await task.nth(nth).check();
  await page.getByRole('status', { name: 'Sync status' }).filter({ hasText: 'Offline, 3 pending' }).waitFor();
  await save(browser, 'offline', await page.screenshot({ clip: { x: 0, y: 0, width: 820, height: 260 } }));
  await context.close();
}

const open = (browser: Browser) =>
  browser.newContext({
    viewport: size,
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });

async function keep(
  browser: Browser,
  page: Page,
  name: string,
  address: string,
  status?: string,
): Promise<void> {
  await page.goto(address);
  const text = status ?? 'Synced';
  await page.getByRole('status', { name: 'Sync status' }).filter({ hasText: text }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await save(browser, name, await page.screenshot({ animations: 'disabled' }));
}

/** Two people change one field of a contact while one of them is offline. */
async function makeConflict(
  browser: Browser,
  context: BrowserContext,
  page: Page,
  url: string,
  contact: string,
): Promise<void> {
  const other = await open(browser);
  const otherPage = await other.newPage();
  await signIn(otherPage, url, 'manager@example.com');
  await page.goto(contact);
  await synced(page);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('Owner');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('status', { name: 'Sync status' }).filter({ hasText: 'Offline, 1 pending' }).waitFor();
  await otherPage.goto(contact);
  await otherPage.getByRole('button', { name: 'Edit' }).click();
  await otherPage.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('Kitchen director');
  await sent(otherPage, 'Kitchen director', () =>
    otherPage.getByRole('button', { name: 'Save', exact: true }).click(),
  );
  await other.close();
  await context.setOffline(false);
  await page.getByRole('status', { name: 'Sync status' }).filter({ hasText: '1 conflict' }).waitFor();
}

/** Chromium itself converts the picture to WebP. */
async function save(browser: Browser, name: string, png: Buffer): Promise<void> {
  const page = await browser.newPage();
  const data = await page.evaluate(
    async (picture) => {
      const image = await createImageBitmap(await (await fetch(picture)).blob());
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.72);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await page.close();
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data.split(',')[1] ?? '', 'base64'));
}
