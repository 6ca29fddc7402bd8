import { expect, signIn, syncStatus, test } from './crm';

test('of five tabs one syncs at a time, all say the same, and when it closes another goes on', async ({
  context,
  page,
  crm,
}) => {
  let [open, most] = [0, 0];
  let held = false;
  await signIn(page, crm, 'rep@example.com');
  const others = [];
  for (const path of ['/contacts', '/companies', '/tasks', '/deals']) {
    const other = await context.newPage();
    await other.goto(crm.url + path);
    others.push(other);
  }
  const tabs = [page, ...others];
  await context.route('**/rpc/sync_*', async (route) => {
    if (held) return;
    most = Math.max(most, (open += 1));
    await route.fallback();
  });
  context.on('requestfinished', (request) => void (request.url().includes('/rpc/sync_') && (open -= 1)));
  for (const tab of tabs) await tab.evaluate(() => window.dispatchEvent(new Event('online')));
  for (const tab of tabs) await expect(syncStatus(tab)).toHaveText(/^Synced/);
  expect(most).toBe(1);

  // The first tab begins a cycle that the server never answers; nobody else can sync, and all say so.
  held = true;
  const asked = page.waitForRequest('**/rpc/sync_*');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await asked;
  held = false;
  const [second, third] = others as [typeof page, typeof page];
  await second.goto(`${crm.url}/contacts?new=contact`);
  await second.getByRole('textbox', { name: 'First name' }).fill('Handed');
  await second.getByRole('textbox', { name: 'Last name' }).fill('Over');
  await second.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(second.getByRole('heading', { level: 1, name: 'Handed Over' })).toBeVisible();
  await expect(syncStatus(third)).toHaveText('1 pending');
  await page.close();
  for (const tab of others) await expect(syncStatus(tab)).toHaveText(/^Synced/);
});
