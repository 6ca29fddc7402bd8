import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test('doubles nothing when a reply is lost after the commit', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  let lost = 0;
  await page.route('**/rpc/sync_push', async (route) => {
    const body = route.request().postDataJSON() as { request: { mutations: unknown[] } };
    if (lost > 0 || body.request.mutations.length === 0) return route.fallback();
    await route.fetch();
    lost += 1;
    await route.abort('connectionreset');
  });
  await page.goto(`${crm.url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Once');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Only');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Once Only' })).toBeVisible();
  await expect.poll(() => lost).toBe(1);
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 30_000 });
  const id = page.url().split('/').pop();
  const entries = await crm.log({ entity_id: id });
  expect(entries.filter((entry) => entry.action === 'create')).toHaveLength(1);
  expect(entries.filter((entry) => entry.action === 'view')).toHaveLength(1);
});

test('loses nothing and reconnects when the server is killed', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await crm.kill();
  await page.goto(`${crm.url}/contacts?new=contact`);
  await expect(syncStatus(page)).toHaveText(/^Offline/);
  await page.getByRole('textbox', { name: 'First name' }).fill('Kept');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Safe');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kept Safe' })).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Offline, 1 pending/);
  const id = page.url().split('/').pop();
  await crm.start();
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 45_000 });
  const entries = await crm.log({ entity_id: id, action: 'create' });
  expect(entries).toHaveLength(1);
});

test('does not mistake a captive portal for the server', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.route('**/rest/v1/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' }),
  );
  await page.goto(`${crm.url}/tasks`);
  await expect(syncStatus(page)).toHaveText(/^Offline/);
  await page.unroute('**/rest/v1/**');
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 45_000 });
});

test('keeps data and outbox when a session expires', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('atomic-crm:auth') ?? '{}') as object;
    const expired = { ...kept, expires_at: 1, access_token: 'gone', refresh_token: 'gone' };
    localStorage.setItem('atomic-crm:auth', JSON.stringify(expired));
  });
  await page.goto(`${crm.url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Still');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Here');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Still Here' })).toBeVisible();
  await expect(syncStatus(page)).toHaveText(/^Sign in to sync, 1 pending/);
  const id = page.url().split('/').pop();
  await signIn(page, crm, 'rep@example.com');
  expect(await crm.log({ entity_id: id, action: 'create' })).toHaveLength(1);
});
