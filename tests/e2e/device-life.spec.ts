import { readFile } from 'node:fs/promises';
import { addContact, expect, offlineReady, signIn, syncStatus, test } from './crm';

test('keeps one person’s unsent work while another signs in', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.route('**/rpc/sync_push', (route) => route.abort());
  const id = await addContact(page, crm.url, 'Waiting');
  // The session ends before anything could be sent.
  await page.evaluate(() => localStorage.removeItem('atomic-crm:auth'));
  await page.unroute('**/rpc/sync_push');

  await signIn(page, crm, 'rep2@example.com');
  await page.goto(`${crm.url}/contacts/${id}`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  expect(await crm.log({ entity_id: id, action: 'create' })).toEqual([]);

  await signIn(page, crm, 'rep@example.com');
  const [entry, ...others] = await crm.log({ entity_id: id, action: 'create' });
  expect(others).toEqual([]);
  const members = await crm.rows<{ id: string; email: string }>('admin@example.com', 'members');
  expect(members.find((member) => member.id === entry?.user_id)?.email).toBe('rep@example.com');
});

test('offers to export or discard unsent work at sign-out', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  const id = await addContact(page, crm.url, 'Unsent');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: "Some of your work hasn't been sent yet" });
  await expect(dialog).toContainText('1 change');
  await dialog.getByRole('button', { name: 'Sync now' }).click();
  await expect(dialog.getByRole('alert')).toContainText('safe on this device');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export as file' }).click();
  const kept = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as object;
  expect(kept).toMatchObject({ mutations: [{ op: 'insert', id, patch: { last_name: 'Unsent' } }] });
  await page.route('**/rpc/sync_push', (route) => route.abort());
  await context.setOffline(false);
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(page).toHaveURL(/login/);
  await page.unroute('**/rpc/sync_push');
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Kari Unsent' })).toBeHidden();
  expect((await crm.log({ entity_id: id })).map((seen) => seen.action).sort()).toContain('discard');
});

test('says that a sign-out waits for a silent server, and signs out', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.route(/\/rpc\/sync_|\/auth\/v1\/logout/, () => undefined);
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: 'Signing out' });
  await expect(dialog.getByRole('status')).toHaveText('This takes up to ten seconds.');
  await expect(page).toHaveURL(/login/);
});

test('keeps a deleted user’s unsent work and offers it as a file', async ({ page, crm }) => {
  await signIn(page, crm, 'rep2@example.com');
  await offlineReady(page);
  await page.route('**/rpc/sync_push', (route) => route.abort());
  const id = await addContact(page, crm.url, 'Left');
  await crm.deploy(`delete from auth.users where email = 'rep2@example.com'`);
  await page.unroute('**/rpc/sync_push');
  // The access token of a deleted user works for its hour. After that the device has to renew it.
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('atomic-crm:auth') ?? '{}') as object;
    localStorage.setItem('atomic-crm:auth', JSON.stringify({ ...kept, expires_at: 1 }));
  });
  await page.goto(`${crm.url}/contacts/${id}`);
  await expect(syncStatus(page)).toHaveText('Sign in to sync, 1 pending');
  await expect(page.getByRole('heading', { level: 1, name: 'Kari Left' })).toBeVisible();

  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: "Some of your work hasn't been sent yet" });
  await expect(dialog).toContainText('1 change');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export as file' }).click();
  const kept = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as object;
  expect(kept).toMatchObject({ mutations: [{ op: 'insert', id, patch: { last_name: 'Left' } }] });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Kari Left' })).toBeVisible();
});

test('recreates and refills a database deleted under the app', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const first = page.getByRole('main').locator('a[href^="/contacts/0"]').first();
  await expect(first).toBeVisible();
  const another = await context.newPage();
  await another.goto(`${crm.url}/login`);
  const reloaded = page.waitForEvent('load');
  await another.evaluate(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith('atomic-crm:')) indexedDB.deleteDatabase(name);
  });
  await reloaded;
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await expect(first).toBeVisible();
});
