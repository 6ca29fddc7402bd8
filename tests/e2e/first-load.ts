import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';

/**
 * Marks the moment at which an element that matches `selector` was painted, told by the page's own clock. Call it before
 * the page is opened.
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
 * Bytes, gzipped, of the scripts that the page asked for before `selector` was painted: what it loads afterwards must not
 * count, however late this process looks.
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
