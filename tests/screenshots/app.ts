import type { Page } from '@playwright/test';

const status = (page: Page) => page.getByRole('status', { name: 'Sync status' });

/** Waits until the device and the server have the same data. */
export const synced = (page: Page) => status(page).filter({ hasText: 'Synced' }).waitFor();

/** Does something and waits until the server has answered the change that contains this text. */
export async function sent(page: Page, text: string, act: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/sync_push') && !!response.request().postData()?.includes(text),
  );
  await act();
  await answered;
}

/** Signs in as a demo account and waits for all its records. */
export async function signIn(page: Page, url: string, email = 'manager@example.com'): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: `Use ${email}` }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await synced(page);
}

/** The address of the first record of a list, such as `/contacts`. */
export async function firstRecord(page: Page, url: string, list: string): Promise<string> {
  await page.goto(url + list);
  const link = page.getByRole('main').locator(`a[href^="${list}/0"]`).first();
  return url + ((await link.getAttribute('href')) ?? list);
}
