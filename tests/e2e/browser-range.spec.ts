import type { Page } from '@playwright/test';
import { expect, signIn, test } from './crm';

const opened = (page: Page) => page.evaluate(() => indexedDB.databases());

/** Waits until the page is read to its end. The script that starts the app is then content of a template, or it has run. */
async function noScriptFollows(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  const last = () => [...document.scripts].at(-1)?.textContent;
  expect(await page.evaluate(last), 'the check of the browser is the last script').toContain('too-old');
}

test('tells an unsupported browser why, and opens no database', async ({ page, crm }) => {
  await page.addInitScript(() => Reflect.deleteProperty(HTMLElement.prototype, 'popover'));
  await page.goto(`${crm.url}/contacts`);
  await expect(page.getByRole('heading', { name: 'Update your browser' })).toBeVisible();
  await expect(page.getByText('Your work is safe')).toBeVisible();
  await noScriptFollows(page);
  expect(await opened(page)).toEqual([]);
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([]);
});

test('leaves stored data alone in an unsupported browser', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const before = await opened(page);
  expect(before.length).toBeGreaterThan(0);
  const old = await context.newPage();
  await old.addInitScript(() => {
    Reflect.deleteProperty(HTMLElement.prototype, 'popover');
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...wanted) => {
      document.title = 'opened';
      return open(...wanted);
    };
  });
  await old.goto(`${crm.url}/contacts`);
  await expect(old.getByRole('heading', { name: 'Update your browser' })).toBeVisible();
  await noScriptFollows(old);
  await expect(old).not.toHaveTitle('opened');
  expect(await opened(old)).toEqual(before);
  await page.goto(`${crm.url}/contacts`);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
});

test('closes a menu on a press outside if the browser does not', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 744, height: 1133 }, hasTouch: true });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const button = page.getByRole('button', { name: 'Account menu' });
  await expect(button).toBeVisible();
  // The browser never closes a manual popover by itself, like every popover on iPadOS 17.
  await page.evaluate(() => {
    for (const popover of document.querySelectorAll('[popover=auto]'))
      popover.setAttribute('popover', 'manual');
  });
  await button.tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.getByRole('heading', { level: 1 }).tap();
  await expect(page.getByRole('menu')).toBeHidden();
  await button.tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await button.tap();
  await expect(page.getByRole('menu')).toBeHidden();
  await context.close();
});

test('grows a text area with its text without field-sizing', async ({ browser, crm }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('field-sizing:', 'unknown:') });
  });
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/tasks?new=task`);
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Description' });
  const height = async () => (await field.boundingBox())?.height ?? 0;
  const empty = await height();
  await field.fill('one\ntwo\nthree\nfour\nfive');
  expect(await height()).toBeGreaterThan(empty + 80);
  expect(await field.evaluate((area) => area.scrollHeight - area.clientHeight)).toBeLessThanOrEqual(1);
  await field.fill('word '.repeat(2000));
  expect(await height()).toBeLessThanOrEqual(384);
  await field.fill('');
  expect(await height()).toBe(empty);
  await context.close();
});

test('shows the tablet layout from the width of an iPad mini', async ({ page, crm }) => {
  await page.setViewportSize({ width: 744, height: 1133 });
  await signIn(page, crm, 'rep@example.com');
  const main = page.getByRole('navigation', { name: 'Main' });
  await expect.poll(async () => (await main.boundingBox())?.height).toBeGreaterThan(1000);
  await page.setViewportSize({ width: 743, height: 1133 });
  await expect.poll(async () => (await main.boundingBox())?.height).toBeLessThan(100);
});
