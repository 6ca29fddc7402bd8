import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { offlineReady } from '../e2e/crm';
import { firstRecord, signIn, synced } from './app';
import { fileName, openPages, pages } from './pages';
import { long } from './plant';

type Keep = (page: Page, name: string) => Promise<void>;

/** The address of a page; `*` stands for the first record of its list. */
const address = async (page: Page, url: string, path: string): Promise<string> =>
  path.endsWith('/*') ? firstRecord(page, url, path.slice(0, -2)) : url + path;

/** Every page, with the demo data and a person with all rights. */
export async function shootPages(page: Page, url: string, keep: Keep): Promise<void> {
  for (const path of openPages) {
    await page.goto(url + path);
    await page.locator('form').first().waitFor();
    await keep(page, fileName(path));
  }
  await signIn(page, url, 'admin@example.com');
  for (const path of pages) {
    await page.goto(await address(page, url, path));
    if (path === '/nowhere' || path.startsWith('/help'))
      await page.getByRole('heading', { level: 1 }).waitFor();
    else await synced(page);
    if (path.includes('new=')) await page.getByRole('dialog').waitFor();
    await keep(page, fileName(path));
  }
}

/** States on top of a page, records with long texts, and a device without a network. */
export async function shootStates(page: Page, url: string, keep: Keep): Promise<void> {
  for (const [list, id] of Object.entries({
    contacts: long.contact,
    companies: long.company,
    deals: long.deal,
  })) {
    await page.goto(`${url}/${list}/${id}`);
    await synced(page);
    await keep(page, `_long_${list}`);
  }
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await keep(page, '_edit');
  await page.goto(`${url}/contacts`);
  await synced(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('listbox').waitFor();
  await keep(page, '_command-menu');
  await page.keyboard.type('har');
  await page.getByRole('option').first().waitFor();
  await keep(page, '_search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await keep(page, '_account-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Filter contacts' }).fill('zzzz');
  await keep(page, '_nothing-found');
  await shootOffline(page, url, keep);
}

/** A device without a network, with an unsent note. */
async function shootOffline(page: Page, url: string, keep: Keep): Promise<void> {
  const contact = await firstRecord(page, url, '/contacts');
  await page.goto(contact);
  await synced(page);
  await offlineReady(page);
  await page.context().setOffline(true);
  await page.goto(contact);
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Wants the price list by Friday.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page
    .getByRole('status', { name: 'Sync status' })
    .filter({ hasText: /^Offline, 1 pending/ })
    .waitFor();
  await keep(page, '_offline_contact');
  await page.goto(`${url}/sync`);
  await page.getByRole('button', { name: 'Discard' }).first().waitFor();
  await keep(page, '_offline_sync');
  await page.context().setOffline(false);
}

/** A device that has nothing yet, because the first pull never answers. */
export async function shootFirstSync(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
  keep: Keep,
) {
  const context = await browser.newContext({ ...options, serviceWorkers: 'block' });
  await context.route('**/rpc/sync_pull', () => undefined);
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: 'Use rep@example.com' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  for (const path of ['/', '/contacts', '/deals', '/tasks']) {
    await page.waitForURL((at) => !at.pathname.startsWith('/login'));
    await page.goto(url + path);
    await page.getByRole('main').locator('*').first().waitFor();
    await keep(page, `_first-sync${fileName(path)}`);
  }
  await context.close();
}

/** The same pages for people who can only read. */
export async function shootReadOnly(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
  keep: Keep,
) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, url, 'readonly@example.com');
  for (const path of ['/', '/contacts/*', '/deals', '/sync', '/settings']) {
    await page.goto(await address(page, url, path));
    await synced(page);
    await keep(page, `_read-only${fileName(path)}`);
  }
  await context.close();
}

/** A team of one that has no records yet. */
export async function shootEmpty(browser: Browser, options: BrowserContextOptions, url: string, keep: Keep) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.locator('form').waitFor();
  await keep(page, '_empty_login');
  await firstAccount(page, url);
  for (const path of [
    '/',
    '/contacts',
    '/companies',
    '/deals',
    '/tasks',
    '/activity',
    '/sync',
    '/reports',
    '/import',
  ]) {
    await page.goto(url + path);
    await synced(page);
    await keep(page, `_empty${fileName(path)}`);
  }
  await context.close();
}

const account = { email: 'first@example.com', password: 'a long enough password' };

/** The first account of an empty CRM. It is created once and then signed in to. */
async function firstAccount(page: Page, url: string): Promise<void> {
  const reply = await page.request.post(`${url}/auth/v1/signup`, {
    headers: { apikey: 'sb_publishable_embedded' },
    data: { ...account, data: { full_name: 'Robin Marsh' } },
  });
  if (!reply.ok() && reply.status() !== 422) throw new Error(`No first account: ${await reply.text()}`);
  await page.goto(`${url}/login`);
  await page.getByRole('textbox', { name: 'Email' }).fill(account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await synced(page);
}

/** The text of a window before it begins, on the first page. */
export async function shootMaintenance(page: Page, url: string, keep: Keep): Promise<void> {
  await page.goto(url);
  await page.getByText('Scheduled maintenance').first().waitFor();
  await keep(page, '_maintenance');
}
