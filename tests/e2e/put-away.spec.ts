import playwright from '../../playwright.config';
import { addContact, expect, signIn, syncStatus, test } from './crm';

// Playwright turns off the back/forward cache, which every browser has: a page that a person leaves is stored as a
// whole and shown again at once when they return. The browser may also decide not to (a pending request, another tab
// that writes); the page must be right then too.
test.use({
  launchOptions: {
    ...playwright.use?.launchOptions,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

test('restores a cached page on Back with later changes', async ({ context, page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const contacts = page.getByRole('main').getByRole('link');
  const hits = page.getByRole('option');
  const box = page.getByRole('searchbox', { name: 'Search', exact: true });
  await expect(contacts.filter({ hasText: /\w+ \w+/ }).first()).toBeVisible();
  await box.fill('anna');
  await expect(hits.first()).toBeVisible();
  const leave = async () => {
    await page.goto(`${crm.url}/help`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/help');
  };

  await leave();
  await page.goBack({ waitUntil: 'commit' });
  await box.fill('maria');
  await expect(hits.filter({ hasText: /maria/i }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await leave();
  const other = await context.newPage();
  await addContact(other, crm.url, 'Aardvark');
  await expect(syncStatus(other)).toHaveText(/^Synced/);
  await page.goBack({ waitUntil: 'commit' });
  await expect(contacts.filter({ hasText: 'Aardvark' })).toBeVisible();
});
