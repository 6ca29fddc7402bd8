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

for (const [device, viewport] of Object.entries(sizes))
  for (const [part, pages] of Object.entries(parts))
    test(`axe finds nothing on ${part}, light or dark: ${device}`, async ({ crm, browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(`${crm.url}/login`);
      await expect(page.getByRole('button', { name: 'Use rep@example.com' })).toBeVisible();
      const found: Finding[] = part === 'the rest' ? await axeFinds(page, 'sign-in') : [];
      await signIn(page, crm, 'admin@example.com');
      for (const path of pages) {
        await page.goto(crm.url + (path === 'a contact' ? await firstContact(page, crm.url) : path));
        await expect(syncStatus(page)).toHaveText(/^Synced/);
        if (path.includes('new=')) await expect(page.getByRole('dialog')).toBeVisible();
        found.push(...(await axeFinds(page, path)));
      }
      expect(found).toEqual([]);
      await context.close();
    });
