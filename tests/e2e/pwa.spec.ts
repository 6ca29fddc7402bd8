import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { findBrowser } from './browser';
import { Releases } from './releases';
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
  ['/reports', 'Reports'],
] as const;

test('opens every page offline by its address after one visit', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  for (const [path, title] of pages) {
    await page.goto(crm.url + path);
    await expect(page).toHaveTitle(new RegExp(title));
    await expect(page.getByRole('main')).not.toBeEmpty();
    await expect(syncStatus(page)).toHaveText(/^Offline/);
  }
  // The guide and its pictures too, because people read it when they cannot ask anyone.
  await page.goto(`${crm.url}/help/offline`);
  await expect(page.getByRole('table')).toBeVisible();
  const pictures = page.getByRole('main').getByRole('img');
  await expect.poll(() => pictures.evaluateAll(allDrawn)).toBe(true);
});

const allDrawn = (images: Element[]) =>
  images.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0);

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

test('updates only when asked, and keeps the draft', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    await offlineReady(page);
    await page.goto(`${app.url}/contacts?new=contact`);
    await page.getByRole('textbox', { name: 'First name' }).fill('Half written');
    app.release();
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
    // The prompt waits until the form closes. Closing the form by accident keeps the typed text.
    await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Half written');
    await page.keyboard.press('Escape');
    const update = page.getByRole('button', { name: 'Update now' });
    await expect(update).toBeVisible({ timeout: 20_000 });
    const reloaded = page.waitForEvent('load');
    await update.click();
    await reloaded;
    await page.getByRole('button', { name: 'New contact' }).click();
    await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Half written');
    // An app that the system ended restarts without the tab's session storage.
    const restarted = await page.context().newPage();
    await restarted.goto(`${app.url}/contacts?new=contact`);
    await expect(restarted.getByRole('textbox', { name: 'First name' })).toHaveValue('Half written');
  } finally {
    await app.close();
  }
});

test('updates an outdated app after weeks offline, then sends its work', async ({ page, context, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    await offlineReady(page);
    await page.goto(`${app.url}/contacts`);
    await page.getByRole('main').locator('a[href^="/contacts/0"]').first().click();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Head of seafood');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(syncStatus(page)).toHaveText('Offline, 1 pending');
    const id = page.url().split('/').pop();

    // The server speaks 3 and also serves 2; this app speaks 1. The new app is released a little later than the new
    // server.
    await crm.deploy(
      `create or replace function private.protocol() returns int
       language sql immutable set search_path = '' as $$ select 3 $$`,
    );
    await context.setOffline(false);
    await expect(syncStatus(page)).toHaveText('Update required');
    const banner = page.getByRole('alert').filter({ hasText: 'too old to sync' });
    await expect(banner).toContainText('Your unsent change is safe on this device');
    const update = page.getByRole('button', { name: 'Update now' });
    await update.click();
    await expect(banner).toContainText('Waiting for the new version');
    await expect(page.getByText('Head of seafood').filter({ visible: true }).first()).toBeVisible();
    expect(await crm.log({ entity_id: id, action: 'update' })).toEqual([]);

    app.release(3);
    const reloaded = page.waitForEvent('load');
    await update.click();
    await reloaded;
    await expect(syncStatus(page)).toHaveText('Synced');
    await expect(page.getByText('Head of seafood, migrated').filter({ visible: true }).first()).toBeVisible();
    const [entry, ...others] = await crm.log({ entity_id: id, action: 'update' });
    expect(entry?.changes?.title?.new).toBe('Head of seafood, migrated');
    expect(others).toEqual([]);
  } finally {
    await app.close();
  }
});
