/**
 * `npm run screenshots [-- <folder> [<width>]]`: every page and state at four widths, light and dark, from the real app
 * with the demo data, and one contact sheet of them all. axe checks each of them, and the command fails if it finds
 * something. If all widths are made, this also makes the pictures of the README and the user guide, and the home-screen
 * icon of an iPad.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeFindsIn, type Finding } from '../e2e/axe';
import { explainUncaught } from '../../supabase/terminal/explain';
import { ensureBrowser } from '../e2e/browser';
import { start } from '../e2e/server';
import { signIn } from './app';
import { contactSheet } from './contact-sheet';
import { guidePictures, readmePicture } from './guide';
import { appleIcon } from './icons';
import { shootOver } from './over';
import { longRecords, openWindow, save } from './plant';
import {
  shootEmpty,
  shootFirstSync,
  shootMaintenance,
  shootPages,
  shootReadOnly,
  shootStates,
} from './states';

const heights = { 390: 844, 744: 1133, 1180: 820, 1440: 900 } as const;
const themes = ['light', 'dark'] as const;
const folder = process.argv[2] ?? 'test-results/screenshots';
const only = process.argv[3];

const looks = Object.entries(heights)
  .filter(([width]) => !only || width === only)
  .flatMap(([width, height]) =>
    themes.map((colorScheme) => ({
      name: `${width}-${colorScheme}`,
      colorScheme,
      options: {
        viewport: { width: Number(width), height },
        hasTouch: Number(width) < 1440,
        isMobile: Number(width) < 1180,
        colorScheme,
        reducedMotion: 'reduce' as const,
      },
    })),
  );
type Look = (typeof looks)[number];
const found: Finding[] = [];
const kept = new Map<string, string[]>(looks.map(({ name }) => [name, []]));

const keeper = (look: Look) => async (page: Page, name: string) => {
  await page.evaluate(() => document.fonts.ready);
  const file = `${look.name}${name}.png`;
  await page.screenshot({ path: join(folder, file), animations: 'disabled' });
  kept.get(look.name)?.push(file);
  found.push(...(await axeFindsIn(page, file, look.colorScheme)));
};

async function shoot(browser: Browser, look: Look, demo: string, empty: string): Promise<void> {
  const keep = keeper(look);
  const context = await browser.newContext(look.options);
  const page = await context.newPage();
  await shootPages(page, demo, keep);
  await shootStates(page, demo, keep);
  await shootOver(page, demo, keep);
  await context.close();
  await shootFirstSync(browser, look.options, demo, keep);
  await shootReadOnly(browser, look.options, demo, keep);
  await shootEmpty(browser, look.options, empty, keep);
}

explainUncaught();
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'atomic-crm-screenshots-'));
const demo = await start('app', { PORT: '0', DATA_DIR: join(data, 'demo') });
const empty = await start('app', { PORT: '0', DATA_DIR: join(data, 'empty'), SEED: 'none' });
const browser = await chromium.launch({
  ...ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  if (!only) {
    await appleIcon(browser);
    await readmePicture(browser, demo.url);
    await guidePictures(browser, demo.url);
  }
  await save(demo.url, 'rep@example.com', longRecords());
  for (const look of looks) await shoot(browser, look, demo.url, empty.url);
  await save(demo.url, 'admin@example.com', openWindow());
  for (const look of looks) {
    const context = await browser.newContext(look.options);
    const page = await context.newPage();
    await signIn(page, demo.url);
    await shootMaintenance(page, demo.url, keeper(look));
    await context.close();
  }
  await contactSheet(browser, folder, [...kept.values()]);
  const files = [...kept.values()].flat();
  writeFileSync(join(folder, 'index.txt'), files.join('\n'));
  console.log(`${files.length} screenshots and contact-sheet.png in ${folder}`);
  for (const finding of found) console.log(JSON.stringify(finding));
  console.log(`axe checked each: ${found.length} violations`);
  if (found.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await Promise.all([demo.stop(), empty.stop()]);
  rmSync(data, { recursive: true, force: true });
}
