import type { Browser } from '@playwright/test';
import { join, resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** One picture of all screenshots: a row for each page, a column for each width and theme. */
export async function contactSheet(browser: Browser, folder: string, columns: string[][]): Promise<void> {
  const rows = Math.max(...columns.map((files) => files.length));
  const cells = Array.from({ length: rows }, (_, row) =>
    columns.map((files) => {
      const file = files[row];
      return file ? `<figure><img src="${file}"><figcaption>${file}</figcaption></figure>` : '<i></i>';
    }),
  ).flat();
  const sheet = resolve(folder, 'contact-sheet.html');
  writeFileSync(
    sheet,
    `<!doctype html><meta charset="utf-8"><style>
    body { margin: 16px; display: grid; grid-template-columns: repeat(${columns.length}, 1fr); gap: 12px; font: 11px sans-serif }
    figure { margin: 0 } img { width: 100%; border: 1px solid #bbb }</style>${cells.join('')}`,
  );
  const page = await browser.newPage({ viewport: { width: 200 * columns.length, height: 1200 } });
  await page.goto(pathToFileURL(sheet).href);
  await page.screenshot({ path: join(folder, 'contact-sheet.png'), fullPage: true });
  await page.close();
}
