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
