import type { Page } from '@playwright/test';
import { axeFinds, type Finding } from './axe';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test.use({ viewport: { width: 820, height: 1180 }, contextOptions: { reducedMotion: 'reduce' } });

test('axe finds nothing offline, on errors, or for read-only members', async ({ crm, page, context }) => {
  test.setTimeout(480_000);
  await signIn(page, crm, 'readonly@example.com');
  const path = await firstContact(page, crm.url);
  const found: Finding[] = [];
  for (const read of ['/', path]) {
    await page.goto(crm.url + read);
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    found.push(...(await axeFinds(page, `read-only ${read}`)));
  }
  await page.goto(`${crm.url}/nowhere`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  found.push(...(await axeFinds(page, 'no such page')));
  await page.goto(`${crm.url}/help/offline`);
  await expect(page.getByRole('table')).toBeVisible();
  found.push(...(await axeFinds(page, 'help')));
  await page.goto(`${crm.url}/`);
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/login/);

  await signIn(page, crm, 'rep@example.com');
  await page.goto(crm.url + path);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await offlineReady(page);
  await context.setOffline(true);
  await rename(page, 'Owner and chef');
  await expect(syncStatus(page)).toHaveText('Offline, 1 pending');
  for (const read of [path, '/sync']) {
    await page.goto(crm.url + read);
    await expect(syncStatus(page)).toHaveText('Offline, 1 pending');
    found.push(...(await axeFinds(page, `offline ${read}`)));
  }
  expect(found).toEqual([]);
});

async function firstContact(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/contacts`);
  return (await page.getByRole('main').locator('a[href^="/contacts/0"]').first().getAttribute('href')) ?? '';
}

async function rename(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}
