import { readFile } from 'node:fs/promises';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test('tags, reassigns, exports and deletes many contacts offline, with undo', async ({
  page,
  context,
  crm,
}) => {
  await signIn(page, crm, 'manager@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/contacts`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const rows = page.getByRole('group', { name: 'Contacts', exact: true }).getByRole('listitem');
  const links = rows.getByRole('link');
  const names = (await links.allTextContents()).slice(0, 3);
  const ids = await links.evaluateAll((all) =>
    all.slice(0, 3).map((each) => each.getAttribute('href')?.split('/').pop() ?? ''),
  );
  const boxes = rows.getByRole('checkbox');
  const tick = async () => {
    for (const index of [0, 1, 2]) await boxes.nth(index).check();
    await expect(page.getByRole('toolbar').getByText('3 selected')).toBeVisible();
  };
  await context.setOffline(true);

  await tick();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tag' }).fill('spring tour');
  await page.getByRole('button', { name: 'Add tag' }).click();
  await expect(page.getByText('3 contacts tagged “spring tour”.')).toBeVisible();

  await tick();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await expect(page.getByRole('dialog').locator('option[value="spring tour"]')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Tag' }).fill('a slip');
  await page.getByRole('button', { name: 'Add tag' }).click();
  await page.getByText('3 contacts tagged “a slip”.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();

  await tick();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Unassigned', exact: true }).click();
  await expect(page.getByText('3 contacts unassigned.')).toBeVisible();

  await tick();
  await page.getByRole('button', { name: 'More options' }).click();
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as CSV' }).click(),
  ]);
  expect((await readFile(await list.path(), 'utf8')).trim().split('\n')).toHaveLength(4);

  await page.getByRole('button', { name: 'More options' }).click();
  const [cards] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as vCards' }).click(),
  ]);
  const text = await readFile(await cards.path(), 'utf8');
  expect(text.match(/^BEGIN:VCARD/gm)).toHaveLength(3);
  expect(text).toContain('spring tour');
  expect(text).not.toContain('a slip');

  await page.getByRole('button', { name: 'Delete selected' }).click();
  await expect(page.getByRole('link', { name: names[0] ?? '', exact: true })).toHaveCount(0);
  await page.getByRole('status').getByText('3 contacts deleted.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('link', { name: names[0] ?? '', exact: true })).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Offline, 18 pending/);

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  for (const id of ids) {
    const log = await crm.log({ entity_id: id });
    expect(log.filter(({ action }) => ['delete', 'restore'].includes(action))).toHaveLength(2);
    const tagged = log.find(({ changes }) => changes?.tags)?.changes?.tags?.new;
    expect(tagged).toContain('spring tour');
  }
  const there = await crm.rows<{ id: string; owner_id: string | null; tags: string[] }>(
    'manager@example.com',
    'contacts',
  );
  const given = there.filter(({ id, owner_id }) => ids.includes(id) && owner_id === null);
  expect(given).toHaveLength(3);
  expect(given.flatMap(({ tags }) => tags)).not.toContain('a slip');
});

test('restores a record deleted long ago, offline, from the list', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/companies`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  const link = page.getByRole('group', { name: 'Companies', exact: true }).getByRole('link').first();
  const name = (await link.textContent()) ?? '';
  await link.click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(/companies$/);
  await page.getByRole('button', { name: 'Deleted', exact: true }).click();
  await page.getByRole('button', { name: `Restore ${name}` }).click();
  await expect(page.getByText('Nothing was deleted in the last 30 days.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const companies = await crm.rows<{ name: string }>('rep@example.com', 'companies');
  expect(companies.filter((company) => company.name === name)).toHaveLength(1);
});
