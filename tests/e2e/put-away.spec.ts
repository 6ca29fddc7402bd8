import playwright from '../../playwright.config';
import { addContact, expect, signIn, syncStatus, test } from './crm';

// Playwright turns off what every browser does: a page that is left for another is put away whole, to be there at once
// when the person comes back. The browser need not (a request under way, another tab that writes); it must be right then too.
test.use({
  launchOptions: {
    ...playwright.use?.launchOptions,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

test('a page that the browser puts away lets the person go, is as it was when they come back, and knows what was written meanwhile', async ({
  context,
  page,
  crm,
}) => {
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
