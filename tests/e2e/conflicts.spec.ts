import type { Page } from '@playwright/test';
import { axeFinds } from './axe';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

async function edit(page: Page, fields: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  for (const [name, value] of Object.entries(fields))
    await page.getByRole('textbox', { name, exact: true }).fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('keeps both changes of a conflict and asks once', async ({ crm, browser }) => {
  const [tablet, phone] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [one, two] = await Promise.all([tablet.newPage(), phone.newPage()]);
  await signIn(one, crm, 'rep@example.com');
  await one.goto(`${crm.url}/contacts`);
  const path = await one.getByRole('main').locator('a[href^="/contacts/0"]').first().getAttribute('href');
  await signIn(two, crm, 'rep@example.com');
  for (const page of [one, two]) {
    await page.goto(crm.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    await offlineReady(page);
  }
  await Promise.all([tablet.setOffline(true), phone.setOffline(true)]);
  await edit(one, { Title: 'Head of seafood' });
  await edit(two, { Title: 'Head of pastry', 'Last name': 'Lindqvist' });

  await tablet.setOffline(false);
  await expect(syncStatus(one)).toHaveText(/^Synced/);
  await phone.setOffline(false);
  await expect(syncStatus(two)).toHaveText(/^1 conflict/);
  await expect(two.getByText('Head of seafood').first()).toBeVisible();
  await expect(two.getByRole('heading', { level: 1 })).toContainText('Lindqvist');

  await two.goto(`${crm.url}/sync`);
  const conflicts = two.getByRole('region', { name: 'Conflicts' });
  await expect(conflicts).toContainText('Head of pastry');
  await expect(conflicts).toContainText('Head of seafood');
  for (const label of ['Original', 'Mine', 'Theirs'])
    await expect(conflicts.getByText(label, { exact: true })).toBeVisible();
  expect(await axeFinds(two, 'conflict')).toEqual([]);
  await one.goto(`${crm.url}/sync`);
  await expect(one.getByRole('region', { name: 'Conflicts' })).toContainText('Head of pastry');

  await two.getByRole('button', { name: 'Use mine' }).click();
  await expect(syncStatus(two)).toHaveText(/^Synced/);
  await one.getByRole('button', { name: 'Sync now' }).click();
  await expect(one.getByRole('button', { name: 'Use mine' })).toHaveCount(0);
  await expect(syncStatus(one)).toHaveText(/^Synced/);
  await one.goto(crm.url + path);
  await expect(one.getByText('Head of pastry').first()).toBeVisible();
  await expect(one.getByRole('heading', { level: 1 })).toContainText('Lindqvist');
  await Promise.all([tablet.close(), phone.close()]);
});
