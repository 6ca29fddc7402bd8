import { readFile } from 'node:fs/promises';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test('edits facts in place and exports a vCard offline', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/contacts`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'New contact' }).click();
  await page.getByRole('textbox', { name: 'First name' }).fill('Signe');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Øst');
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill('signe@example.com');
  await page.getByRole('dialog').getByText('More', { exact: true }).click();
  await page.getByRole('textbox', { name: 'LinkedIn' }).fill('linkedin.example.com/signe');
  await page.getByRole('combobox', { name: 'Tags' }).fill('vip');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Signe Øst' })).toBeVisible();
  const id = page.url().split('/').pop();

  await page.getByRole('button', { name: 'Change linkedin' }).click();
  const link = page.getByRole('textbox', { name: 'LinkedIn' });
  await link.fill('not a link');
  await link.press('Enter');
  await expect(page.getByText('Enter a valid web address, like www.example.com.')).toBeVisible();
  await link.press('Escape');
  await page.getByRole('button', { name: 'Change tags' }).click();
  await page.getByRole('textbox', { name: 'Tags' }).fill('vip, harbour');
  await page.getByRole('textbox', { name: 'Tags' }).press('Enter');
  await expect(page.getByRole('definition').filter({ hasText: 'harbour' })).toBeVisible();

  await page.getByRole('button', { name: 'More actions' }).click();
  const [card] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export vCard' }).click(),
  ]);
  expect(card.suggestedFilename()).toBe('signe-ost.vcf');
  expect(await readFile(await card.path(), 'utf8')).toContain(
    'EMAIL;TYPE=INTERNET;TYPE=WORK:signe@example.com',
  );

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const log = await crm.log({ entity_id: id });
  expect(log.filter(({ action }) => action === 'update')).toMatchObject([
    { changes: { tags: { old: ['vip'], new: ['vip', 'harbour'] } } },
  ]);
  expect(log.filter(({ action }) => action === 'export')).toHaveLength(1);
});
