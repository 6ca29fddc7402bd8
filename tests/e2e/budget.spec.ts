import { expect, offlineReady, signIn, test } from './crm';
import { firstLoad } from './first-load';

const kB = 1000;

test('loads at most 60 kB of script for /login', async ({ crm, browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const bytes = await firstLoad(await context.newPage(), `${crm.url}/login`, 'form button[type=submit]');
  test.info().annotations.push({ type: 'figure', description: `/login ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(30 * kB);
  expect(bytes).toBeLessThanOrEqual(60 * kB);
});

test('loads at most 110 kB of script before /contacts paints', async ({ crm, browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await signIn(await context.newPage(), crm, 'rep@example.com');
  const bytes = await firstLoad(
    await context.newPage(),
    `${crm.url}/contacts`,
    'main li a[href^="/contacts/"]',
  );
  test.info().annotations.push({ type: 'figure', description: `/contacts ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(80 * kB);
  expect(bytes).toBeLessThanOrEqual(110 * kB);
});

test('shows the contacts list offline without asking the network', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${crm.url}/contacts`);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  const painted = await page.evaluate(() => performance.now());
  test.info().annotations.push({
    type: 'figure',
    description: `contacts list offline after ${Math.round(painted)} ms`,
  });
});
