import { readFile } from 'node:fs/promises';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

const csv = 'Deal name,Company,Stage,Amount,Currency\nMill opening,North Mill,Demo scheduled,1200.50,EUR\n';

test('imports deals offline into the board, the reports and the server', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await page.goto(`${crm.url}/import`);
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByRole('combobox', { name: 'What the rows are' })).toHaveValue('deals');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported 1, skipped 0')).toBeVisible();
  await page.getByRole('link', { name: 'Show deals' }).click();
  const board = page.getByRole('region', { name: 'Demo scheduled' });
  await expect(board.getByRole('link', { name: 'Mill opening' })).toBeVisible();

  await page.getByRole('link', { name: 'Reports' }).first().click();
  await expect(page.getByRole('table', { name: 'Pipeline by stage' })).toContainText('Demo scheduled');
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines = (await readFile(await report.path(), 'utf8')).split(/\r?\n/);
  expect(lines[0]).toContain('Report,Of,Count,Currency,Sum');
  expect(lines).toContain('Pipeline by stage,Demo scheduled,1,EUR,1200.5');

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 30_000 });
  const actions = (await crm.log()).map(({ action, entity_type }) => `${action} ${entity_type}`);
  expect(actions).toEqual(
    expect.arrayContaining([
      'create deals',
      'create companies',
      'import deals',
      'view reports',
      'export deals',
    ]),
  );
});

test('pauses an import, resumes it after a reload, and undoes it', async ({ page, context, crm }) => {
  const rows = Array.from({ length: 600 }, (_, n) => `Guest ${n},Pausefile,guest${n}@example.com\n`).join('');
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await page.goto(`${crm.url}/import`);
  await page.getByLabel('CSV file').setInputFiles({
    name: 'guests.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`First name,Last name,Email\n${rows}`),
  });
  await expect(page.getByText('600 contacts', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  const second = await context.newPage();
  await second.goto(`${crm.url}/import`);
  await expect(second.getByText('An import is under way in another tab.', { exact: false })).toBeVisible();
  await second.close();
  await page.reload();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Imported 600, skipped 0')).toBeVisible();
  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 30_000 });
  const there = await crm.rows<{ last_name: string }>('rep@example.com', 'contacts');
  expect(there.filter(({ last_name }) => last_name === 'Pausefile')).toHaveLength(600);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('The import was undone.', { exact: false })).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 30_000 });
  const left = await crm.rows<{ last_name: string }>('rep@example.com', 'contacts');
  expect(left.filter(({ last_name }) => last_name === 'Pausefile')).toEqual([]);
});
