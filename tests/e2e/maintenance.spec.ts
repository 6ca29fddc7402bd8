import { randomUUID } from 'node:crypto';
import { expect, offlineReady, signIn, syncStatus, test, type Crm } from './crm';

const fromNow = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** Pushes one mutation of a window as the admin, whose pushes the server accepts during maintenance too. */
const push = (crm: Crm, mutation: object) =>
  crm.rpc<{ results: { status: string }[] }>('admin@example.com', 'sync_push', {
    ...{ protocol: 1, client_id: randomUUID(), sent_at: fromNow(0), events: [] },
    mutations: [
      {
        ...{ mutation_id: randomUUID(), seq: 1, entity: 'maintenance_windows', occurred_at: fromNow(0) },
        ...mutation,
      },
    ],
  });

test('announces maintenance, keeps work during it, and sends it later', async ({ page, context, crm }) => {
  const id = randomUUID();
  const plan = { starts_at: fromNow(40 * 60), ends_at: fromNow(50 * 60), message: 'New server' };
  await push(crm, { op: 'insert', id, base: {}, patch: plan });
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await page.goto(`${crm.url}/contacts`);
  const ahead = page.getByRole('status').filter({ hasText: 'Scheduled maintenance' });
  await expect(ahead).toContainText(/in \d+ min, .*, your time\. New server\./);
  await page.getByRole('button', { name: 'Remind me closer to the time' }).click();
  await expect(ahead).toBeHidden();

  await page.getByRole('main').locator('a[href^="/contacts/0"]').first().click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Head of seafood');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(syncStatus(page)).toHaveText('Offline, 1 pending');

  // The server begins early, which this device can learn only from a refusal.
  const { starts_at } = plan;
  const begun = { base_version: 1, base: { starts_at }, patch: { starts_at: fromNow(-60) } };
  expect((await push(crm, { op: 'update', id, ...begun })).results[0]?.status).toBe('applied');
  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText('Maintenance, 1 pending');
  const during = page.getByRole('alert').filter({ hasText: 'Maintenance in progress' });
  await expect(during).toContainText('your changes are saved on this device');

  const ended = { base_version: 2, base: { closed_at: null }, patch: { closed_at: fromNow(0) } };
  expect((await push(crm, { op: 'update', id, ...ended })).results[0]?.status).toBe('applied');
  // Earlier than the server asked the device to retry.
  await page.reload();
  await expect(syncStatus(page)).toHaveText('Synced');
  await expect(during).toBeHidden();
  const changes = await crm.log({ entity_id: page.url().split('/').pop(), action: 'update' });
  expect(changes.map((entry) => entry.changes?.title?.new)).toEqual(['Head of seafood']);
});
