import { expect, signIn, syncStatus, test } from './crm';

test('reports a wrong password in place and keeps the typed text', async ({ page, crm }) => {
  await page.goto(`${crm.url}/login`);
  await page.getByRole('textbox', { name: 'Email' }).fill('rep@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('do not match')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('rep@example.com');
});

test('refuses a note of 5 MB, keeps its text and keeps syncing', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  await page
    .getByRole('main')
    .getByRole('link')
    .filter({ hasText: /\w+ \w+/ })
    .first()
    .click();
  const note = page.getByRole('textbox', { name: 'Add a note' });
  await note.fill('x'.repeat(5_000_000));
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByText('at most 100,000')).toBeVisible();
  expect((await note.inputValue()).length).toBe(5_000_000);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
});

test('explains an unknown id in the address and offers a way back', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  for (const [path, word] of [
    ['contacts', 'contact'],
    ['companies', 'company'],
    ['deals', 'deal'],
  ]) {
    await page.goto(`${crm.url}/${path}/01900000-0000-7000-8000-000000000000`);
    await expect(page.getByText(`This ${word} is not on this device.`)).toBeVisible();
    await page.goto(`${crm.url}/${path}/not-an-id`);
    await expect(page.getByText(`This ${word} is not on this device.`)).toBeVisible();
  }
});

test('changes nothing for a malformed CSV and says what is wrong', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/import`);
  await page.getByLabel('CSV file').setInputFiles({
    name: 'broken.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1]),
  });
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/);
});

test('refuses an edit visibly on a full disk and keeps the text', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  await page
    .getByRole('main')
    .getByRole('link')
    .filter({ hasText: /\w+ \w+/ })
    .first()
    .click();
  const note = page.getByRole('textbox', { name: 'Add a note' });
  await note.fill('Written on a full disk');
  await page.evaluate(() => {
    const full = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    Object.assign(IDBObjectStore.prototype, { add: full, put: full });
  });
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByText('out of space')).toBeVisible();
  await expect(note).toHaveValue('Written on a full disk');
});
