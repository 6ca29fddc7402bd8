import type { Page } from '@playwright/test';
import { Crm, expect, syncStatus, test as base } from './crm';

const test = base.extend<{ crm: Crm }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the first argument's pattern
  crm: async ({}, use) => {
    const crm = new Crm(undefined, { SEED: 'none' });
    await crm.start();
    await use(crm);
    await crm.end();
  },
});

async function signUp(
  page: Page,
  crm: Crm,
  { name, email, code = '' }: Record<string, string>,
): Promise<void> {
  await page.goto(`${crm.url}/login`);
  await page.getByRole('link', { name: 'Accept an invitation' }).click();
  await page.getByRole('textbox', { name: 'Invitation code' }).fill(code);
  await page.getByRole('textbox', { name: 'Full name' }).fill(name ?? '');
  await page.getByRole('textbox', { name: 'Email' }).fill(email ?? '');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
  await page.getByRole('button', { name: 'Create account' }).click();
}

test('makes the first sign-up the admin and then requires invitations', async ({ page, browser, crm }) => {
  test.setTimeout(480_000);
  await signUp(page, crm, { name: 'Ada Berg', email: 'ada@example.com' });
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await page.goto(`${crm.url}/settings`);
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const sheet = page.getByRole('dialog', { name: 'Invite a person' });
  await sheet.getByRole('textbox', { name: 'Email' }).fill('noor@example.com');
  await sheet.getByLabel('Role').selectOption('manager');
  await sheet.getByRole('button', { name: 'Invite' }).click();
  const code = await page.getByText(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/).innerText();

  const guest = await (await browser.newContext()).newPage();
  await signUp(guest, crm, { name: 'Noor Haddad', email: 'noor@example.com' });
  await expect(guest.getByText('The account could not be created.')).toBeVisible();
  await signUp(guest, crm, { name: 'Noor Haddad', email: 'noor@example.com', code });
  await expect(syncStatus(guest)).toHaveText(/^Synced/);
  // A page that managers have and reps do not.
  await guest.goto(`${crm.url}/activity`);
  const table = guest.getByRole('table', { name: 'Activity log' });
  await expect(table.getByRole('row', { name: /Ada Berg Invited/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /Noor Haddad Created/ })).toBeVisible();
  await guest.context().close();
});
