import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';

/**
 * Records when an element that matches `selector` was painted, by the page's own clock. Call it before the page opens.
 */
export async function markPainted(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark('painted'));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, selector);
}

/**
 * The gzipped bytes of the scripts that the page requested before `selector` was painted. Later scripts must not count,
 * however late this process looks.
 */
export async function firstLoad(page: Page, url: string, selector: string): Promise<number> {
  await markPainted(page, selector);
  await page.goto(url);
  await page.locator(selector).first().waitFor();
  const scripts = await page.evaluate(() => {
    const painted = performance.getEntriesByName('painted')[0]?.startTime ?? Infinity;
    const asked = performance.getEntriesByType('resource').filter((entry) => entry.startTime <= painted);
    return [...new Set(asked.map((entry) => entry.name).filter((name) => name.endsWith('.js')))];
  });
  const sizes = await Promise.all(
    scripts.map(
      async (script) => gzipSync(await (await page.request.get(script)).body(), { level: 9 }).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * The rows that the page reads from IndexedDB by lists of rows before `selector` is painted. Call `markPainted` before.
 */
export async function rowsReadBefore(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript(() => {
    const state = window as unknown as { rowsRead: number };
    state.rowsRead = 0;
    for (const { prototype } of [IDBObjectStore, IDBIndex]) {
      const real = Reflect.get(prototype, 'getAll') as IDBIndex['getAll'];
      prototype.getAll = function (this: IDBIndex, ...given) {
        const request = real.apply(this, given);
        request.addEventListener('success', () => {
          if (performance.getEntriesByName('painted').length === 0) state.rowsRead += request.result.length;
        });
        return request;
      };
    }
  });
  await page.goto(url);
  await page.locator(selector).first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0);
  return page.evaluate(() => (window as unknown as { rowsRead: number }).rowsRead);
}
