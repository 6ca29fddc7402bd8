import { expect, offlineReady, signIn, test } from './crm';

test('the search finds without a network: by keys alone, with slips, by the digits of a phone, and what was just saved', async ({
  page,
  context,
  crm,
}) => {
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
  // At once: before the worker, made anew with the page, has read what there is.
  await page.keyboard.press('Enter');
  await expect(heading).toBeVisible();
});
