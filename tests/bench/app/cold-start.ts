import type { BrowserContext, Page } from '@playwright/test';
import { markPainted } from '../../e2e/first-load';
import { startBrowser } from '../browser';
import { atMost, median, type Figure } from '../report/figures';

const firstContact = 'main li a[href^="/contacts/"]';

/** Signs in to a demo account through the form and waits until the device has everything. */
export async function signIn(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: `Use ${email}` }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const status = page.getByRole('status', { name: 'Sync status' });
  await status.filter({ hasText: /^Synced/ }).waitFor({ timeout: 60_000 });
}

/**
 * Restarts a browser without a network and opens the contacts list, as often as requested, at full speed and slowed
 * down four times. Measures from the start of the navigation to the first painted contact.
 *
 * @param stop stops the server; called when the device has everything
 */
export async function measureColdStart(
  url: string,
  rounds: number,
  stop: () => Promise<void>,
): Promise<Figure[]> {
  const browser = await startBrowser();
  try {
    const page = await browser.context.newPage();
    await signIn(page, url, 'rep@example.com');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.goto(`${url}/contacts`);
    await page.locator(firstContact).first().waitFor();
    // The second visit is the first one that the service worker answers.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await stop();
    const times = { 1: [] as number[], 4: [] as number[] };
    for (let round = 0; round < rounds; round++)
      for (const slowdown of [1, 4] as const)
        times[slowdown].push(await coldStart(await browser.restart(), url, slowdown));
    return [
      atMost('cold start offline to the contacts list', median(times[1]), 'ms', 500),
      atMost('cold start offline to the contacts list, processor 4× slower', median(times[4]), 'ms', 1500),
    ];
  } finally {
    await browser.close();
  }
}

async function coldStart(context: BrowserContext, url: string, slowdown: number): Promise<number> {
  const page = context.pages()[0] ?? (await context.newPage());
  const protocol = await context.newCDPSession(page);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await markPainted(page, firstContact);
  await page.goto(`${url}/contacts`);
  await page.locator(firstContact).first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0);
  return page.evaluate(() => performance.getEntriesByName('painted')[0]?.startTime ?? NaN);
}
