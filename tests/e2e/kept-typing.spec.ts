import type { Page } from '@playwright/test';
import { Releases } from './releases';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

/** Updates the app in another tab, which reloads this one. */
async function updateElsewhere(page: Page, app: Releases): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(`${app.url}/tasks`);
  app.release();
  await other.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const update = other.getByRole('button', { name: 'Update now' });
  await expect(update).toBeVisible({ timeout: 20_000 });
  await expect(other.getByText("Your saved work and what you're typing are kept.")).toBeVisible();
  const reloaded = page.waitForEvent('load');
  await update.click();
  await reloaded;
  await other.close();
}

/** Opens a fact of the contact on the page for editing. */
async function change(page: Page, fact: string) {
  await page.getByRole('button', { name: `Change ${fact}` }).click();
  return page.getByRole('textbox', { name: fact, exact: false }).last();
}

test('keeps text typed into a fact through an update', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    await offlineReady(page);
    await page.goto(`${app.url}/contacts`);
    await page.getByRole('main').locator('a[href^="/contacts/"]').first().click();
    await (await change(page, 'background')).fill('Half a story');
    await updateElsewhere(page, app);
    await expect(page.getByText('We kept what you were typing in “Background”.')).toBeVisible();
    const field = await change(page, 'background');
    await expect(field).toHaveValue('Half a story');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Half a story')).toBeVisible();
    await page.reload();
    // Saved text is not offered again.
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    await expect(page.getByText('We kept what you were typing')).toBeHidden();
  } finally {
    await app.close();
  }
});

test('keeps a move and its remark through an update', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    await offlineReady(page);
    await page.goto(`${app.url}/deals`);
    const move = page.getByRole('button', { name: /^Move / }).first();
    const deal = ((await move.getAttribute('aria-label')) ?? '').replace(/^Move /, '');
    await move.click();
    await page.getByRole('menuitem', { name: 'Closed lost' }).click();
    const why = page.getByRole('textbox', { name: 'Why was it lost?' });
    await why.fill('Their budget was cut');
    await updateElsewhere(page, app);
    await expect(page.getByRole('region', { name: 'Last move' })).toContainText(deal);
    await expect(why).toHaveValue('Their budget was cut');
    await page.getByRole('button', { name: 'Save reason', exact: true }).click();
    await expect(page.getByText('Reason saved.')).toBeVisible();
  } finally {
    await app.close();
  }
});

test('hides typed text from the next person in a tab', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/settings`);
  await page.getByRole('textbox', { name: 'Full name' }).fill('Private words');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Private words');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/login/);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Private words');
});
