import { expect, signIn, syncStatus, test } from './crm';

/** What Core Web Vitals call good: https://web.dev/articles/cls */
const good = 0.1;

declare global {
  interface Window {
    /** The layout shift of the page so far. */
    shifted: number;
  }
}

test('nothing moves under a finger while the first sync brings the records', async ({ browser, crm }) => {
  const first = await browser.newContext();
  await signIn(await first.newPage(), crm, 'admin@example.com');
  // The session without the records: each page below begins with a first sync.
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
    await expect(page.getByText('Bringing your records to this device')).toBeHidden();
    const shifted = await page.evaluate(() => window.shifted);
    test.info().annotations.push({ type: 'figure', description: `${path} moved by ${shifted.toFixed(4)}` });
    expect.soft(shifted, path).toBeLessThan(good);
    await context.close();
  }
});
