import type { Page } from '@playwright/test';
import { addContact, expect, signIn, syncStatus, test } from './crm';

test('syncs in one of five tabs at a time without doubling', async ({ context, page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const others = await Promise.all(
    ['/tasks', '/companies', '/contacts', '/sync'].map(async (path) => {
      const other = await context.newPage();
      await other.goto(crm.url + path);
      return other;
    }),
  );
  for (const tab of [page, ...others]) await expect(syncStatus(tab)).toHaveText(/^Synced/);
  const asked: Page[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/rpc/sync_')) asked.push(request.frame().page());
  });

  // The server does not answer the first tab. The others wait for their turn, and none of them says that everything is
  // synced.
  await page.route('**/rpc/sync_*', () => undefined);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(() => asked).toContain(page);
  for (const tab of others) await syncStatus(tab).waitFor();
  asked.length = 0;
  const [second, third] = others as [Page, Page];
  const id = await addContact(second, crm.url, 'Handed');
  for (const tab of [second, third]) await expect(syncStatus(tab)).toHaveText(/^(1 pending|Syncing)/);
  expect(await crm.log({ entity_id: id })).toEqual([]);
  expect(asked).toEqual([]);

  await page.close();
  for (const tab of others) await expect(syncStatus(tab)).toHaveText(/^Synced/);
  expect((await crm.log({ entity_id: id })).map(({ action }) => action).sort()).toEqual(['create', 'view']);
});

test('keeps a frozen tab’s work without blocking the other tabs', async ({ context, page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.route('**/rpc/sync_*', (route) => route.abort());
  const id = await addContact(page, crm.url, 'Frozen');
  await expect(syncStatus(page)).toHaveText(/^Offline, 1 pending/);
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Half of a thought');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });

  const other = await context.newPage();
  await other.goto(crm.url + `/contacts/${id}`);
  await expect(other.getByRole('textbox', { name: 'Add a note' })).toHaveValue('Half of a thought');
  await expect(syncStatus(other)).toHaveText(/^Synced/);
  await other.close();

  await page.unroute('**/rpc/sync_*');
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await expect(page.getByRole('textbox', { name: 'Add a note' })).toHaveValue('Half of a thought');
  expect((await crm.log({ entity_id: id, action: 'create' })).length).toBe(1);
});

test('signs out beside a frozen tab, and asks about its work first', async ({ context, page, crm }) => {
  test.setTimeout(480_000);
  await signIn(page, crm, 'rep@example.com');
  await context.route('**/rpc/sync_push', (route) => route.abort());
  const id = await addContact(page, crm.url, 'Frozen');
  await expect(syncStatus(page)).toHaveText(/^Offline, 1 pending/);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });

  const other = await context.newPage();
  await other.goto(`${crm.url}/contacts`);
  await other.getByRole('button', { name: 'Account menu' }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = other.getByRole('dialog', { name: "Some of your work hasn't been sent yet" });
  await expect(dialog).toContainText('1 change');
  await context.unroute('**/rpc/sync_push');
  await dialog.getByRole('button', { name: 'Sync now' }).click();
  // If the tab froze in the middle of its sync, the other one waits 45 s for it.
  await expect(other).toHaveURL(/login/, { timeout: 60_000 });
  expect(await crm.log({ entity_id: id, action: 'create' })).toHaveLength(1);

  // The database is empty, and goes at the latest when the frozen tab lets go of it.
  const databases = () =>
    other.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(page).toHaveURL(/login/);
  await expect
    .poll(async () => (await databases()).filter((name) => name.startsWith('atomic-crm:')))
    .toEqual([]);
  await signIn(other, crm, 'rep@example.com');
});

test('does not start a note in another tab after saving it here', async ({ context, page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await addContact(page, crm.url, 'Noted');
  const other = await context.newPage();
  await other.goto(page.url());
  const note = (tab: Page) => tab.getByRole('textbox', { name: 'Add a note' });
  const [here, there] = [note(page), note(other)];
  await expect(there).toBeVisible();
  await here.fill('Wants a sample on Friday.');
  await expect(there).toHaveValue('Wants a sample on Friday.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(here).toHaveValue('');
  await expect(there).toHaveValue('');
});
