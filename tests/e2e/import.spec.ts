import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
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
  await expect(page.getByRole('combobox', { name: 'Each row is a…' })).toHaveValue('deals');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported 1, skipped 0')).toBeVisible();
  await page.getByRole('link', { name: 'Show deals' }).click();
  const board = page.getByRole('region', { name: 'Demo scheduled' });
  await expect(board.getByRole('link', { name: 'Mill opening' })).toBeVisible();

  await page.getByRole('link', { name: 'Reports' }).first().click();
  await expect(page.getByRole('table', { name: 'Pipeline by stage' })).toContainText('Demo scheduled');
  expect(await barsBesideOtherRows(page), 'a row with several currencies is taller').toBe(0);
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines = (await readFile(await report.path(), 'utf8')).split(/\r?\n/);
  expect(lines[0]).toContain('Report,Item,Count,Currency,Total');
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

/** How many bars of the reports are not within the height of their rows. */
const barsBesideOtherRows = (page: Page) =>
  page.locator('tr:has([data-bar])').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const own = row.getBoundingClientRect();
        const bar = row.querySelector('[data-bar]')?.getBoundingClientRect();
        return !bar || bar.top < own.top || bar.bottom > own.bottom;
      }).length,
  );

test('pauses an import, resumes it after a reload, and undoes it', async ({ page, context, crm }) => {
  const rows = Array.from({ length: 1_800 }, (_, n) => `Guest ${n},Pausefile,guest${n}@example.com\n`).join(
    '',
  );
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await page.goto(`${crm.url}/import`);
  await page.getByLabel('CSV file').setInputFiles({
    name: 'guests.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`First name,Last name,Email\n${rows}`),
  });
  await expect(page.getByText(/1,?800 contacts/)).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  const second = await context.newPage();
  await second.goto(`${crm.url}/import`);
  await expect(second.getByText('An import is running in another tab.', { exact: false })).toBeVisible();
  await second.close();
  await page.reload();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/Imported 1,?800, skipped 0/)).toBeVisible();
  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 90_000 });
  const there = await crm.rows<{ last_name: string }>('rep@example.com', 'contacts');
  expect(there.filter(({ last_name }) => last_name === 'Pausefile')).toHaveLength(1_800);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('Import undone.', { exact: false })).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 90_000 });
  const left = await crm.rows<{ last_name: string }>('rep@example.com', 'contacts');
  expect(left.filter(({ last_name }) => last_name === 'Pausefile')).toEqual([]);
});

test('before the import, the page shows what it could not read and asks once what only a person knows', async ({
  page,
  crm,
}) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/import`);
  // "Győr" in Windows-1250, and a date that can be read two ways.
  const rows =
    'Deal name;Stage;Amount;Closed at\nMenu Gy\xf5r;Closed won;(500);3/4/2026\nMill;Closed won;€ 12;soon\n';
  const buffer = Buffer.from(rows.replace('€', 'EUR'), 'latin1');
  await page.getByLabel('CSV file').setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer });
  const lines = page.getByRole('list', { name: 'Sample lines' });
  const encoding = page.getByRole('combobox', { name: 'Encoding' });
  await encoding.selectOption({ label: 'Western European (Windows)' });
  await expect(lines).toContainText('Menu Gyõr');
  await encoding.selectOption({ label: 'Central European (Windows)' });
  await expect(lines).toContainText('Menu Győr');

  const start = page.getByRole('button', { name: 'Import', exact: true });
  await expect(start).toBeDisabled();
  await page
    .getByRole('combobox', { name: 'What does 3/4/2026 mean?' })
    .selectOption({ label: 'Month first: March 4, 2026' });
  const unread = page.getByRole('table', { name: 'Values to check' });
  await expect(unread.getByRole('row')).toHaveText([
    /Row.*Reason/,
    /2.*Menu Győr.*“\(500\)” in Amount is negative/,
    /3.*Mill.*“soon” in Closed at is not a date/,
  ]);
  await start.click();
  await expect(page.getByText('Imported 2, skipped 0')).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 30_000 });
  const deals = await crm.rows<{ name: string; amount: number; currency: string; closed_at: string }>(
    'rep@example.com',
    'deals',
  );
  const [menu, mill] = ['Menu Győr', 'Mill'].map((name) => deals.find((deal) => deal.name === name));
  expect(menu?.amount).toBeNull();
  expect(menu?.closed_at).toMatch(/^2026-03-04/);
  expect(mill).toMatchObject({ amount: 12, currency: 'EUR', closed_at: null });
});
