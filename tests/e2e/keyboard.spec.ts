import { expect, signIn, syncStatus, test } from './crm';

test('lets the keyboard alone use a list, record and form', async ({ page, crm }) => {
  await page.setViewportSize({ width: 1180, height: 820 });
  await signIn(page, crm, 'rep@example.com');
  const search = page.getByRole('searchbox', { name: 'Search' });
  const heading = page.getByRole('heading', { level: 1 });

  // The command menu lists every command before typing, and finds commands like records.
  await page.keyboard.press('Control+k');
  await expect(search).toBeFocused();
  await expect(page.getByRole('option', { name: 'New contact' })).toBeVisible();
  await page.keyboard.type('contacts');
  const results = page.getByRole('listbox', { name: 'Search results' });
  await expect(results.getByRole('option', { selected: true })).toHaveText('Contacts');
  await page.keyboard.press('Enter');
  await expect(heading).toContainText('Contacts');

  // Moves down and up the list, then into a record.
  const rows = page.getByRole('group', { name: 'Contacts', exact: true }).locator('[data-row]');
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(rows.nth(1)).toBeFocused();
  const name = (await rows.nth(1).textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(name);

  // Starts editing and returns to the previous focus; letters typed into a field are text.
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible();
  await page.keyboard.press('e');
  const form = page.getByRole('dialog', { name });
  await form.getByRole('textbox', { name: 'Title' }).fill('');
  await page.keyboard.type('nj/?');
  await expect(form.getByRole('textbox', { name: 'Title' })).toHaveValue('nj/?');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(form).toBeHidden();

  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'New contact' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  // Focuses the filter, and moves from it to the results.
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Filter contacts' })).toBeFocused();
  await page.keyboard.type(name);
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(rows.first()).toBeFocused();

  // The help lists the letters and can turn them off.
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('checkbox', { name: 'Use single-letter shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('n');
  await page.keyboard.press('Control+k');
  await expect(search).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('reports a part that fails to load, and loads it later', async ({ browser, crm }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  await expect(
    page.getByRole('button', { name: 'Filters' }).or(page.locator('[data-row]')).first(),
  ).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'New contact' }).click();
  const problem = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(problem).toContainText('What you saved is safe');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Still no connection' })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog', { name: 'New contact' })).toBeVisible();
  await context.close();
});
