import { addContact, expect, signIn, syncStatus, test } from './crm';

test('shows a colleague’s change within ten seconds while in use', async ({ browser, page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const id = await addContact(page, crm.url, 'Shared');
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const colleague = await (await browser.newContext()).newPage();
  await signIn(colleague, crm, 'manager@example.com');
  await colleague.goto(`${crm.url}/contacts/${id}`);
  await colleague.getByRole('button', { name: 'Edit', exact: true }).click();
  const title = colleague.getByRole('dialog').getByRole('textbox', { name: 'Title', exact: true });
  await title.fill('Harbor master');
  await page.bringToFront();
  await page.keyboard.press('Shift');
  await colleague.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => crm.log({ entity_id: id, action: 'update' })).toHaveLength(1);
  await expect(page.getByText('Harbor master').first()).toBeVisible({ timeout: 10_000 });
  await colleague.context().close();
});
