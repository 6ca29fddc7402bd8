import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { visits } from '../../src/lib/features/visits/visits';
import { expect, offlineReady, signIn, syncStatus, test, type Crm, type LogEntry } from './crm';

const routes = readdirSync('src/routes/(app)', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('+page.svelte'))
  .map((file) => `/(app)/${dirname(file)}`.replace(/\/\.$/, ''));

/** The first record of an entity, as the server returns it. */
async function firstId(crm: Crm, entity: string): Promise<string> {
  const { changes } = await crm.rpc<{ changes: { entity: string; columns: string[]; rows: string[][] }[] }>(
    'admin@example.com',
    'sync_pull',
    { protocol: 1, client_id: crypto.randomUUID(), cursor: null, page: null, limit: 5000 },
  );
  const found = changes.find((change) => change.entity === entity);
  return found?.rows[0]?.[found.columns.indexOf('id')] ?? '';
}

test('opens every page under the policy and logs it once', async ({ page, crm }) => {
  test.setTimeout(480_000);
  const broken: string[] = [];
  const elsewhere: string[] = [];
  await page.exposeFunction('reportViolation', (what: string) => broken.push(what));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { reportViolation(what: string): void }).reportViolation(
        `${event.effectiveDirective} ${event.blockedURI}`,
      ),
    ),
  );
  page.on('request', (request) => {
    if (!request.url().startsWith(crm.url) && !/^(blob|data):/.test(request.url()))
      elsewhere.push(request.url());
  });
  await signIn(page, crm, 'admin@example.com');
  const known = new Set((await crm.log()).map(({ id }) => id));

  const wanted: Pick<LogEntry, 'action' | 'entity_type' | 'entity_id'>[] = [];
  for (const route of routes) {
    const visit = visits[route];
    expect(visit, route).toBeDefined();
    if (!visit) continue;
    const entity_id = route.endsWith('[id]') ? await firstId(crm, visit.entity_type) : null;
    wanted.push({ ...visit, entity_id });
    await page.goto(crm.url + route.replace('/(app)', '').replace('[id]', entity_id ?? ''));
    await expect(page.getByRole('main')).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
  }
  await page.goto(`${crm.url}/settings`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  for (const action of ['list', 'print']) wanted.push({ action, entity_type: 'members', entity_id: null });

  const key = ({ action, entity_type, entity_id }: (typeof wanted)[number]) =>
    `${action} ${entity_type} ${entity_id}`;
  const logged = async () =>
    (await crm.log())
      .filter(({ id }) => !known.has(id))
      .map(key)
      .sort();
  await expect.poll(logged).toEqual(wanted.map(key).sort());
  expect(broken).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test('lets a manager read, filter and export the log offline', async ({ page, crm, context }) => {
  await signIn(page, crm, 'manager@example.com');
  const contact = await firstId(crm, 'contacts');
  await page.goto(`${crm.url}/contacts/${contact}`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('list', { name: 'History' });
  await expect(history.getByText('Opened').first()).toBeVisible();

  await offlineReady(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'History' }).click();
  await expect(history.getByText('Opened').first()).toBeVisible();
  await expect(page.getByText('Showing entries as of')).toBeVisible();
  await context.setOffline(false);

  await page.goto(`${crm.url}/activity`);
  await expect(page.getByText('Entries are deleted after 30 days.')).toBeVisible();
  const address = page.getByRole('textbox', { name: 'IP address' });
  await address.fill('203.0.113.0/24');
  await address.blur();
  await expect(page.getByText('No activity matches these filters.')).toBeVisible();
  await address.fill('127.0.0.0/8');
  await address.blur();
  await expect(
    page.getByRole('table', { name: 'Activity log' }).getByText('127.0.0.1').first(),
  ).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^activity_logs-.*\.csv$/);
  await expect.poll(() => crm.log({ action: 'export', entity_type: 'activity_logs' })).toHaveLength(1);
});
