import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test('saves a view offline and shows it on another device', async ({ page, context, browser, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/contacts`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  const count = page.getByRole('heading', { level: 1 });
  const all = await count.textContent();
  for (const name of ['Quiet for 30 days', 'New this week']) {
    const preset = page.getByRole('button', { name, exact: true });
    await preset.click();
    await expect(count).not.toHaveText(all ?? '');
    await preset.click();
    await expect(count).toHaveText(all ?? '');
  }
  await page.getByRole('button', { name: 'Mine', exact: true }).click();
  await page.getByLabel('Sort by').selectOption({ label: 'Company' });
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'View name' }).fill('My people by company');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const view = page.getByRole('button', { name: 'My people by company' });
  await expect(view).toHaveAttribute('aria-pressed', 'true');
  const mine = await count.textContent();
  expect(mine).not.toBe(all);
  await view.click();
  await expect(count).toHaveText(all ?? '');

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, crm, 'rep@example.com');
  await other.goto(`${crm.url}/contacts`);
  await other.getByRole('button', { name: 'My people by company' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(mine ?? '');
  await expect(other.getByLabel('Sort by')).toHaveValue('company');
  await other.getByRole('button', { name: 'Delete view' }).click();
  await expect(other.getByRole('button', { name: 'My people by company' })).toHaveCount(0);
  await expect(syncStatus(other)).toHaveText(/^Synced/);
  await other.context().close();
});
