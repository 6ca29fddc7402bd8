import { addContact, expect, offlineReady, signIn, syncStatus, test } from './crm';

test('describes each unsent change and lets people resend or discard it', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await addContact(page, crm.url, 'Waits');
  const unwanted = await addContact(page, crm.url, 'Unwanted');
  await page.goto(`${crm.url}/sync`);
  const outbox = page.getByRole('region', { name: 'Outbox' });
  await expect(outbox.getByText("Couldn't sync")).toBeVisible();
  await expect(outbox.getByText('2 changes are saved on this device')).toBeVisible();

  const line = outbox.getByRole('listitem').filter({ hasText: 'Unwanted' });
  await expect(line).toContainText('Added the contact Kari Unwanted');
  await line.getByRole('button', { name: 'Discard…' }).click();
  await line.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(outbox.getByRole('listitem')).toHaveCount(1);
  await expect(syncStatus(page)).toHaveText(/^Offline, 1 pending/);

  await context.setOffline(false);
  await outbox.getByRole('button', { name: 'Retry' }).click();
  await expect(outbox.getByText('All your changes have been sent.')).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const told = await crm.log({ entity_id: unwanted });
  expect(told.map(({ action }) => action)).toContain('discard');
  expect(told.map(({ action }) => action)).not.toContain('create');
});

test('finds a lost record by Check this device and downloads it', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/sync`);
  const verdict = page.getByRole('status', { name: 'Verification' });
  await page.getByRole('button', { name: 'Check this device' }).click();
  await expect(verdict).toContainText('This device is up to date');

  await page.evaluate(async () => {
    const known = (await indexedDB.databases()).find(({ name }) => name?.startsWith('atomic-crm'));
    const request = indexedDB.open(known?.name ?? '');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('It does not open.'));
    });
    const transaction = database.transaction('contacts', 'readwrite');
    const contacts = transaction.objectStore('contacts');
    contacts.openKeyCursor().onsuccess = ({ target }) =>
      contacts.delete((target as IDBRequest<IDBCursor>).result.primaryKey);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
  await page.getByRole('button', { name: 'Check this device' }).click();
  await expect(verdict).toContainText(/Contacts don't match: \d+ here, \d+ on the server/);
  await page.getByRole('button', { name: 'Download everything again' }).click();
  await expect(verdict).toContainText('This device is up to date');
});
