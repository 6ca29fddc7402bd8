import { test as base, expect, type Page } from '@playwright/test';
import { Crm } from './running-crm';

export const test = base.extend<{ crm: Crm }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the first argument's pattern
  crm: async ({}, use) => {
    const crm = new Crm(process.env.ATOMIC_CRM_TEMPLATE ?? '');
    await crm.start();
    await use(crm);
    await crm.end();
  },
});

export { Crm, expect };
export type { LogEntry } from './running-crm';

export const syncStatus = (page: Page) => page.getByRole('status', { name: 'Sync status' });

/** Signs in through the form and waits until the device has everything. */
export async function signIn(page: Page, crm: { url: string }, email: string): Promise<void> {
  await page.goto(`${crm.url}/login`);
  await page.getByRole('button', { name: `Use ${email}` }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).not.toHaveURL(/login/);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
}

/** Waits until the service worker controls this page, so that the next load works offline. */
export async function offlineReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active && active.state !== 'activated')
      await new Promise<void>((done) =>
        active.addEventListener('statechange', () => active.state === 'activated' && done()),
      );
  });
}

/**
 * Creates a contact through the form and waits for its page.
 *
 * @returns its id
 */
export async function addContact(page: Page, url: string, last: string): Promise<string> {
  await page.goto(`${url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Kari');
  await page.getByRole('textbox', { name: 'Last name' }).fill(last);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Kari ${last}` })).toBeVisible();
  return page.url().split('/').pop() ?? '';
}
