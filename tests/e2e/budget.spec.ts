import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { expect, offlineReady, signIn, test } from './crm';

const kB = 1000;

/** Bytes, gzipped, of the scripts a page asked for until `painted` resolves. */
async function firstLoad(page: Page, open: () => Promise<void>): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || response.request().serviceWorker()) return;
    sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await open();
  page.removeAllListeners('response');
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test('the first load of /login is at most 60 kB of script', async ({ crm, browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const bytes = await firstLoad(page, async () => {
    await page.goto(`${crm.url}/login`);
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  });
  test.info().annotations.push({ type: 'figure', description: `/login ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(10 * kB);
  expect(bytes).toBeLessThanOrEqual(60 * kB);
});

test('the first load of /contacts is at most 110 kB of script until the list is painted', async ({
  crm,
  browser,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  const fresh = await context.newPage();
  const bytes = await firstLoad(fresh, async () => {
    await fresh.goto(`${crm.url}/contacts`);
    await expect(fresh.getByRole('main').getByRole('listitem').first()).toBeVisible();
  });
  test.info().annotations.push({ type: 'figure', description: `/contacts ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(30 * kB);
  expect(bytes).toBeLessThanOrEqual(110 * kB);
});

test('offline, the contacts list is there without asking the network', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${crm.url}/contacts`);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  const painted = await page.evaluate(() => performance.now());
  test.info().annotations.push({
    type: 'figure',
    description: `contacts list offline after ${Math.round(painted)} ms`,
  });
});
