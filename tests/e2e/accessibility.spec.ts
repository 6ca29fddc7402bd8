import type { Page } from '@playwright/test';
import { axeFinds, type Finding } from './axe';
import { expect, signIn, syncStatus, test } from './crm';

const sizes = { phone: { width: 390, height: 844 }, tablet: { width: 1180, height: 820 } };
const parts = {
  'the first pages': ['/', '/contacts', '/companies', '/deals', '/deals?view=list', '/tasks', 'a contact'],
  'the rest': [
    '/activity',
    '/sync',
    '/import',
    '/settings',
    '/reports',
    '/contacts?new=contact',
    '/deals?new=deal',
  ],
};

async function firstContact(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/contacts`);
  return (await page.getByRole('main').locator('a[href^="/contacts/0"]').first().getAttribute('href')) ?? '';
}

/** Without an entry, the reports have no week to show. */
async function logCall(page: Page, url: string): Promise<void> {
  await page.goto(url + (await firstContact(page, url)));
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Called about the tasting');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByText('Called about the tasting')).toBeVisible();
}

/** The page's width on the narrowest screen, if it is wider than the screen. */
async function tooWide(page: Page, state: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (before) await page.setViewportSize(before);
  return width > 320 ? [`${state}: ${width} px`] : [];
}

for (const [device, viewport] of Object.entries(sizes))
  for (const [part, pages] of Object.entries(parts))
    test(`axe finds nothing on ${part}, and all fits into 320 px: ${device}`, async ({ crm, browser }) => {
      test.setTimeout(480_000);
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(`${crm.url}/login`);
      await expect(page.getByRole('button', { name: 'Use rep@example.com' })).toBeVisible();
      const found: Finding[] = part === 'the rest' ? await axeFinds(page, 'sign-in') : [];
      const wide = await tooWide(page, 'sign-in');
      await signIn(page, crm, 'admin@example.com');
      if (part === 'the rest') await logCall(page, crm.url);
      for (const path of pages) {
        await page.goto(crm.url + (path === 'a contact' ? await firstContact(page, crm.url) : path));
        await expect(syncStatus(page)).toHaveText(/^Synced/);
        if (path.includes('new=')) await expect(page.getByRole('dialog')).toBeVisible();
        found.push(...(await axeFinds(page, path)));
        if (device === 'phone') wide.push(...(await tooWide(page, path)));
      }
      expect(found).toEqual([]);
      expect(wide).toEqual([]);
      await context.close();
    });
