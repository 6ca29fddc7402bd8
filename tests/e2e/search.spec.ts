import { expect, offlineReady, signIn, test } from './crm';

test('finds records offline by keyboard, despite typos, by phone digits', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await page.goto(`${crm.url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Zdeněk');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Wojciechowski');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('+48 22 555 73 91');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const heading = page.getByRole('heading', { level: 1, name: 'Zdeněk Wojciechowski' });
  await expect(heading).toBeVisible();

  const box = page.getByRole('searchbox', { name: 'Search', exact: true });
  const hit = page.getByRole('option', { name: 'Zdeněk Wojciechowski' });
  for (const text of ['zdenek', 'wojcicehowski', '7391', '2255573']) {
    await page.keyboard.press('Control+k');
    await box.fill(text);
    await expect(hit).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await page.goto(`${crm.url}/tasks`);
  await expect(box).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zdenek woj');
  // Searches at once, before the worker of the reloaded page has read the records.
  await page.keyboard.press('Enter');
  await expect(heading).toBeVisible();
});
