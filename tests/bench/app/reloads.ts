import type { BrowserContext, Page } from '@playwright/test';
import { markPainted } from '../../e2e/first-load';
import type { DiskBrowser } from '../browser';
import { atMost, median, type Figure } from '../report/figures';
import { signIn } from './cold-start';

interface List {
  name: string;
  path: string;
  /** Finds the first row that belongs to a record. */
  row: string;
}

const lists: List[] = [
  { name: 'contacts', path: '/contacts', row: 'main li a[href^="/contacts/"]' },
  { name: 'companies', path: '/companies', row: 'main li a[href^="/companies/"]' },
  { name: 'deals', path: '/deals?view=list', row: 'main [role=row] a[href^="/deals/"]' },
  { name: 'board', path: '/deals', row: 'main [data-cards] a[href^="/deals/"]' },
  { name: 'tasks', path: '/tasks', row: 'main li[data-row]' },
  { name: 'dashboard', path: '/', row: 'main li[data-row]' },
];

/** Times in ms by list. */
export interface Reloads {
  /** A reload in an open browser. */
  reload: Record<string, number>;
  /** The first page after the browser was opened. */
  opened: Record<string, number>;
  /** A reload with the processor four times slower. */
  slow: Record<string, number>;
  /** The longest task in the ten seconds after a reload. */
  task: Record<string, number>;
}

/**
 * Opens each list without a network, as often as requested, and takes the medians. Measures from the start of the
 * navigation to the first painted row.
 *
 * @param stop stops the server; called when the device has everything
 */
export async function measureReloads(
  browser: DiskBrowser,
  url: string,
  rounds: number,
  stop: () => Promise<void>,
): Promise<Reloads> {
  const page = await browser.context.newPage();
  await signIn(page, url, 'rep@example.com');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await stop();
  const result: Reloads = { reload: {}, opened: {}, slow: {}, task: {} };
  for (const list of lists) {
    const [reload, opened, slow, task]: number[][] = [[], [], [], []];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.restart();
      opened?.push(await open(context, url, list, 1));
      slow?.push(await open(context, url, list, 4));
      reload?.push(await open(context, url, list, 1));
      task?.push(await longestTask(context.pages().at(-1) as Page));
    }
    result.opened[list.name] = median(opened ?? []);
    result.slow[list.name] = median(slow ?? []);
    result.reload[list.name] = median(reload ?? []);
    result.task[list.name] = median(task ?? []);
  }
  return result;
}

/** Opens a list in a new tab, whose clock begins with the navigation. */
async function open(
  context: BrowserContext,
  url: string,
  { path, row }: List,
  slowdown: number,
): Promise<number> {
  const [before] = context.pages();
  const page = await context.newPage();
  await before?.close();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await markPainted(page, row);
  await page.goto(url + path);
  await page.locator(row).first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0);
  return page.evaluate(() => performance.getEntriesByName('painted')[0]?.startTime ?? NaN);
}

/** The longest task in the first ten seconds of a page, in ms. Tasks below 50 ms count as none. */
async function longestTask(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.now() > 10_000);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect();
          resolve(Math.max(0, ...list.getEntries().map(({ duration }) => duration)));
        });
        observer.observe({ type: 'longtask', buffered: true });
        setTimeout(() => resolve(0), 1_000);
      }),
  );
}

/** The figures of a large working set next to those of a small one. */
export function reloadFigures(large: Reloads, small: Reloads): Figure[] {
  return lists.flatMap(({ name }) => {
    const figure = (what: string, value: number | undefined, unit: string, most: number) =>
      atMost(`50,000 contacts: ${name}: ${what}`, value ?? NaN, unit, most);
    const times = (large.reload[name] ?? NaN) / (small.reload[name] ?? NaN);
    return [
      figure('reload to the first rows', large.reload[name], 'ms', 500),
      figure('the same as a multiple of the time with 500 contacts', times, '×', 1.3),
      figure('opening the browser to the first rows', large.opened[name], 'ms', 900),
      figure('reload with the processor 4× slower', large.slow[name], 'ms', 1_600),
      figure('longest task in the first 10 s', large.task[name], 'ms', 50),
    ];
  });
}
