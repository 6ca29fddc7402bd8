import type { Page } from '@playwright/test';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

async function addContact(page: Page, url: string, fields: Record<string, string>): Promise<string> {
  await page.goto(`${url}/contacts`);
  await page.getByRole('button', { name: 'New contact' }).click();
  for (const [name, value] of Object.entries(fields))
    await page.getByRole('textbox', { name, exact: true }).fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/contacts\/[0-9a-f-]{36}$/);
  return page.url().split('/').pop() ?? '';
}

test('finds a duplicate while typing and merges it offline', async ({ page, context, browser, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const kept = await addContact(page, crm.url, {
    'First name': 'Ottilie',
    'Last name': 'Quist',
    Title: 'Cook',
    Email: 'ottilie@example.com',
  });
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await offlineReady(page);
  await page.reload();
  await context.setOffline(true);

  await page.goto(`${crm.url}/contacts`);
  await page.getByRole('button', { name: 'New contact' }).click();
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill('OTTILIE@example.com');
  const hint = page.getByRole('status', { name: 'Possible duplicates' });
  await expect(hint.getByRole('link', { name: 'Ottilie Quist' })).toHaveAttribute(
    'href',
    `/contacts/${kept}`,
  );
  await expect(hint).toContainText('same email address');
  await page.getByRole('textbox', { name: 'First name' }).fill('Otti');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Quist');
  await page.getByRole('textbox', { name: 'Title' }).fill('Head chef');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('044 555 66 77');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Otti Quist' })).toBeVisible();
  const merged = page.url().split('/').pop();
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Prefers smoked fish.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Prefers smoked fish.');

  await page.goto(`${crm.url}/contacts/${kept}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge with' }).click();
  await page.getByRole('combobox', { name: 'Merge with' }).fill('otti quist');
  await page.getByRole('option', { name: 'Otti Quist' }).click();
  await page.getByRole('group', { name: 'Title' }).getByRole('radio', { name: 'Head chef' }).check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText('Prefers smoked fish.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Ottilie Quist' })).toBeVisible();
  await expect(page.getByText('Head chef').first()).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Offline, 3 pending/);

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const office = await browser.newPage();
  await signIn(office, crm, 'admin@example.com');
  await office.goto(`${crm.url}/contacts/${merged}`);
  await expect(office).toHaveURL(`${crm.url}/contacts/${kept}`);
  await expect(office.getByText('Prefers smoked fish.')).toHaveCount(1);
  await expect(office.getByText('044 555 66 77')).toBeVisible();
  expect(await crm.log({ action: 'merge', entity_id: merged })).toHaveLength(1);
  await office.close();
});

test('merges three contacts into one and undoes it completely', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const noted = await addContact(page, crm.url, { 'First name': 'Ulla', 'Last name': 'Vik', Title: 'Cook' });
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Asks for samples.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Asks for samples.');
  const busy = await addContact(page, crm.url, { 'First name': 'Ulla', 'Last name': 'Wick' });
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Call Ulla');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('checkbox', { name: 'Call Ulla' })).toBeVisible();
  const stays = await addContact(page, crm.url, { 'First name': 'Ulla', 'Last name': 'Wik' });
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge with' }).click();
  await page.getByRole('combobox', { name: 'Merge with' }).fill('ulla vik');
  await page.getByRole('option', { name: 'Ulla Vik' }).click();
  await page.getByRole('combobox', { name: 'Add another' }).fill('ulla wick');
  await page.getByRole('option', { name: 'Ulla Wick' }).click();
  await page.getByRole('group', { name: 'Keep this one' }).getByRole('radio', { name: 'Ulla Wik' }).check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText('3 contacts merged into Ulla Wik.')).toBeVisible();
  await expect(page.getByText('Asks for samples.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Call Ulla' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await expect(page.getByText('Cook')).toHaveCount(0);
  for (const merged of [noted, busy]) {
    expect(await crm.log({ action: 'merge', entity_id: merged })).toHaveLength(1);
    expect(await crm.log({ action: 'restore', entity_id: merged })).toHaveLength(1);
  }
  interface Own {
    contact_id: string | null;
    body?: string;
    title?: string;
  }
  const notes = await crm.rows<Own>('rep@example.com', 'notes');
  expect(notes.find(({ body }) => body === 'Asks for samples.')?.contact_id).toBe(noted);
  const tasks = await crm.rows<Own>('rep@example.com', 'tasks');
  expect(tasks.find(({ title }) => title === 'Call Ulla')?.contact_id).toBe(busy);
  for (const [id, name] of [
    [noted, 'Ulla Vik'],
    [busy, 'Ulla Wick'],
    [stays, 'Ulla Wik'],
  ]) {
    await page.goto(`${crm.url}/contacts/${id}`);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});
