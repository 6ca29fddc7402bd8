import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { findBrowser } from './browser';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

const pages = [
  ['/', 'Dashboard'],
  ['/contacts', 'Contacts'],
  ['/companies', 'Companies'],
  ['/deals', 'Deals'],
  ['/tasks', 'Tasks'],
  ['/activity', 'Activity'],
  ['/sync', 'Sync'],
  ['/import', 'Import'],
  ['/settings', 'Settings'],
] as const;

test('from its first visit on, every page opens by its address without a network', async ({
  page,
  context,
  crm,
}) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  for (const [path, title] of pages) {
    await page.goto(crm.url + path);
    await expect(page).toHaveTitle(new RegExp(title));
    await expect(page.getByRole('main')).not.toBeEmpty();
    await expect(syncStatus(page)).toHaveText(/^Offline/);
  }
});

test('the app can be installed', async ({ crm }) => {
  const context = await chromium.launchPersistentContext(join(crm.folder, 'profile'), {
    ...findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${crm.url}/login`);
  await offlineReady(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const manifest = await devtools.send('Page.getAppManifest');
  const { icons } = JSON.parse(manifest.data ?? '{}') as { icons: { src: string; purpose: string }[] };
  expect(icons.some((icon) => icon.purpose === 'maskable')).toBe(true);
  for (const { src } of icons)
    expect((await page.request.get(crm.url + src)).headers()['content-type']).toBe('image/png');
  await context.close();
});

test('a new version waits for the person, and the draft outlives it', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Half written');
  await context.route('**/service-worker.js', async (route) => {
    const original = await route.fetch();
    await route.fulfill({ response: original, body: `${await original.text()}\n// the next version` });
  });
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  const update = page.getByRole('button', { name: 'Update now' });
  await expect(update).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Half written');
  const reloaded = page.waitForEvent('load');
  await update.click();
  await reloaded;
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Half written');
});
