import { expect, signIn, syncStatus, test } from './crm';

/** The Core Web Vitals threshold for "good": https://web.dev/articles/cls */
const good = 0.1;

declare global {
  interface Window {
    /** The layout shift of the page so far. */
    shifted: number;
  }
}

test('keeps the layout still while the first sync loads records', async ({ browser, crm }) => {
  const first = await browser.newContext();
  await signIn(await first.newPage(), crm, 'admin@example.com');
  // Only the session without the records, so each page below begins with a first sync.
  const storageState = await first.storageState();
  await first.close();
  for (const path of ['/', '/contacts', '/companies', '/deals', '/tasks', '/activity', '/reports']) {
    const context = await browser.newContext({ storageState, viewport: { width: 820, height: 1180 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.shifted += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(crm.url + path);
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    await expect(page.getByText('Downloading your records')).toBeHidden();
    const shifted = await page.evaluate(() => window.shifted);
    test.info().annotations.push({ type: 'figure', description: `${path} moved by ${shifted.toFixed(4)}` });
    expect.soft(shifted, path).toBeLessThan(good);
    await context.close();
  }
});

test('shows the received records when a first sync breaks off', async ({ browser, crm }) => {
  const email = 'admin@example.com';
  const first = await browser.newContext();
  await signIn(await first.newPage(), crm, email);
  const context = await browser.newContext({ storageState: await first.storageState() });
  await first.close();
  const page = await context.newPage();
  let pulls = 0;
  await page.route('**/rpc/sync_pull', (route) => ((pulls += 1) > 2 ? route.abort() : route.continue()));
  await page.goto(`${crm.url}/contacts`);
  await expect(syncStatus(page)).toHaveText(/^Offline/);

  // The second page brought all contacts. The small page before it had only some of them, and not the first by name.
  const contacts = await crm.rows<{ id: string; first_name: string; last_name: string }>(email, 'contacts');
  const byName = contacts.toSorted((a, b) => a.last_name.localeCompare(b.last_name)).slice(0, 10);
  const rows = page.getByRole('main').getByRole('listitem');
  for (const { first_name, last_name } of byName)
    await expect(rows.filter({ hasText: `${first_name} ${last_name}` })).not.toHaveCount(0);
  await context.close();
});
