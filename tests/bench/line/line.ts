import type { Page } from '@playwright/test';
import { entityNames } from '../../../src/lib/entities/registry';
import { Crm } from '../../e2e/running-crm';
import { counted, importOver } from '../../e2e/slow-import';
import { cutEvery, SlowLine } from '../../e2e/slow-line';
import { Pulls } from '../../e2e/slow-pulls';
import { startBrowser } from '../browser';
import { signIn } from '../app/cold-start';
import { atLeast, atMost, exactly, type Figure, type Section } from '../report/figures';

const rows = 3_000;
const minutes = 60_000;

/** Imports and first syncs over slow connections that are cut repeatedly. */
export async function measureLine(log: (text: string) => void): Promise<Section> {
  const figures = [
    ...(await overLine('demo', log, (crm, line, page) => imported(crm, line, page, undefined))),
    ...(await overLine('demo', log, (crm, line, page) => imported(crm, line, page, 20_000))),
    ...(await overLine('large', log, firstSync)),
  ];
  return { figures, tables: [], plots: [] };
}

async function overLine(
  seed: string,
  log: (text: string) => void,
  job: (crm: Crm, line: SlowLine, page: Page) => Promise<Figure[]>,
): Promise<Figure[]> {
  const crm = new Crm(undefined, { SEED: seed });
  await crm.start();
  const line = await SlowLine.to(crm.port);
  const browser = await startBrowser();
  try {
    const began = Date.now();
    const figures = await job(crm, line, await browser.context.newPage());
    log(`${figures[0]?.name}: ${Math.round((Date.now() - began) / 1000)} s`);
    return figures;
  } finally {
    await browser.close();
    await line.close();
    await crm.end();
  }
}

const isSynced = (page: Page, time: number) =>
  page
    .getByRole('status', { name: 'Sync status' })
    .filter({ hasText: /^Synced/ })
    .waitFor({ timeout: time });

async function imported(
  crm: Crm,
  line: SlowLine,
  page: Page,
  cutAfter: number | undefined,
): Promise<Figure[]> {
  await signIn(page, line.url, 'rep@example.com');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const stopCutting = cutAfter ? cutEvery(line, cutAfter) : () => 0;
  const began = Date.now();
  await importOver(page, line, rows);
  await isSynced(page, 40 * minutes);
  const seconds = (Date.now() - began) / 1000;
  const cuts = stopCutting();
  line.bitsPerSecond = Infinity;
  const { contacts, logged } = await counted(crm);
  const what = `import of 3,000 rows over 100 kbit/s, ${cutAfter ? 'cut every 20 s' : 'never cut'}`;
  return [
    { name: `${what}: time until everything is synced`, value: seconds, unit: 's' },
    ...(cutAfter ? [{ name: `${what}: cuts`, value: cuts, unit: '' }] : []),
    exactly(`${what}: rows on the server`, contacts, 'rows', rows),
    exactly(`${what}: entries in the log`, logged, 'entries', rows),
  ];
}

async function firstSync(_: Crm, line: SlowLine, page: Page): Promise<Figure[]> {
  const pulls = new Pulls(page);
  await page.goto(`${line.url}/login`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('button', { name: 'Use rep@example.com' }).click();
  line.bitsPerSecond = 300_000;
  const began = Date.now();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: 5 * minutes });
  const stopCutting = cutEvery(line, 25_000);
  await isSynced(page, 60 * minutes);
  const seconds = (Date.now() - began) / 1000;
  const cuts = stopCutting();
  const what = 'first sync of 70,000 rows over 300 kbit/s, cut every 25 s';
  return [
    { name: `${what}: time until everything is synced`, value: seconds, unit: 's' },
    atLeast(`${what}: cuts`, cuts, '', 30),
    atLeast(`${what}: rows that arrived`, pulls.rows, 'rows', 70_000),
    exactly(`${what}: rows on the device`, await storedRows(page), 'rows', pulls.rows),
    atMost(`${what}: rows requested again after they were stored`, pulls.twice, 'rows', 0),
    atMost(`${what}: pages requested again per cut`, pulls.again / Math.max(cuts, 1), '', 1),
  ];
}

/** How many records the device holds. */
const storedRows = (page: Page): Promise<number> =>
  page.evaluate(async (entities) => {
    const databases = await indexedDB.databases();
    const name = databases.find((database) => database.name?.startsWith('atomic-crm:'))?.name ?? '';
    // No function in here has a name, because the page does not know the compiler's helper for names.
    return new Promise<number>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onerror = () => reject(request.error as DOMException);
      request.onsuccess = () => {
        const transaction = request.result.transaction([...entities]);
        const counts = entities.map((entity) => transaction.objectStore(entity).count());
        transaction.oncomplete = () => {
          request.result.close();
          resolve(counts.reduce((sum, { result }) => sum + result, 0));
        };
      };
    });
  }, entityNames);
