import type { BrowserContext, Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD } from '../../supabase/embedded/build-app';
import { mutation } from '../db/rpc';
import { expect, offlineReady, signIn, syncStatus, test as base, type Crm } from './crm';
import { NextBuild } from './next-build';
import { migration } from './next-build-changes';
import { OneAddress } from './one-address';

const test = base.extend<{ app: OneAddress }, { next: NextBuild }>({
  next: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the first argument's pattern
    async ({}, use) => {
      const next = await NextBuild.make();
      await use(next);
      next.remove();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  app: async ({ crm }, use) => {
    const app = await OneAddress.of(BUILD, crm.port);
    await use(app);
    await app.close();
  },
});

interface Row {
  id: string;
  version: number;
  greeting?: string | null;
  title: string | null;
  department: string | null;
  last_name: string | null;
}

test('two real builds, a new column and a new entity: work, draft and five tabs come through the update', async ({
  page,
  context,
  browser,
  crm,
  app,
  next,
}) => {
  test.setTimeout(300_000);
  await signIn(page, app, 'rep@example.com');
  await offlineReady(page);
  const elsewhere = await browser.newContext();
  const colleague = await elsewhere.newPage();
  await signIn(colleague, app, 'manager@example.com');
  await offlineReady(colleague);
  const [shared, greeted, later] = (await crm.rows<Row>('rep@example.com', 'contacts')) as [Row, Row, Row];

  const open = (path: string) => tabAt(context, app.url + path);
  const [draft, tasks, companies, sync] = await Promise.all([
    open('/contacts?new=contact'),
    open('/tasks'),
    open('/companies'),
    open('/sync'),
  ]);
  await page.goto(`${app.url}/contacts/${shared.id}`);
  const tabs = [page, draft, tasks, companies, sync];

  // The server comes first. The old app pulls a row that has the new column, and cannot keep the column.
  await crm.deploy(migration);
  await greet(crm, greeted, 'Hei');
  await syncNow(sync);
  expect((await stored(page)).find(({ id }) => id === greeted.id)).toMatchObject({
    version: greeted.version + 1,
  });
  expect((await stored(page)).filter((row) => 'greeting' in row)).toEqual([]);

  await context.setOffline(true);
  await edit(page, 'Title', 'Head of seafood');
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Wants six kilos on Friday.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(syncStatus(page)).toHaveText('Offline, 2 pending');
  await draft.getByRole('textbox', { name: 'First name' }).fill('Half');
  await draft.getByRole('textbox', { name: 'Last name' }).fill('Written');

  await colleague.goto(`${app.url}/contacts/${shared.id}`);
  await edit(colleague, 'Department', 'Cold kitchen');
  await colleague.goto(`${app.url}/contacts/${greeted.id}`);
  await edit(colleague, 'Title', 'Harbor master');
  await expect(syncStatus(colleague)).toHaveText(/^Synced/);

  // The new app is there before the work can be sent: all of it crosses the update.
  await context.route('**/rpc/sync_*', (route) => route.abort());
  app.release(next.folder);
  await context.setOffline(false);
  await tasks.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  for (const tab of [page, tasks, companies, sync])
    await expect(tab.getByRole('button', { name: 'Update now' })).toBeVisible({ timeout: 30_000 });
  const reloads = tabs.map((tab) => tab.waitForEvent('load', { timeout: 30_000 }));
  await tasks.getByRole('button', { name: 'Update now' }).click();
  await Promise.all(reloads);
  for (const tab of tabs) {
    await expect(syncStatus(tab)).toHaveText('Offline, 2 pending');
    expect((await scripts(tab)).filter((path) => !existsSync(join(next.folder, path)))).toEqual([]);
  }
  await expect(draft.getByRole('textbox', { name: 'First name' })).toHaveValue('Half');
  await expect(draft.getByRole('textbox', { name: 'Last name' })).toHaveValue('Written');

  await context.unroute('**/rpc/sync_*');
  await syncNow(sync);
  for (const tab of tabs) await expect(syncStatus(tab)).toHaveText(/^Synced/);
  await draft.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(draft.getByRole('heading', { level: 1, name: 'Half Written' })).toBeVisible();
  await syncNow(sync);

  // Everything is on the server once, and nobody's value was erased.
  const rows = await crm.rows<Row>('rep@example.com', 'contacts');
  const row = ({ id }: Row) => rows.find((row) => row.id === id);
  expect(row(shared)).toMatchObject({
    title: 'Head of seafood',
    department: 'Cold kitchen',
    greeting: 'Dear',
  });
  expect(row(greeted)).toMatchObject({ title: 'Harbor master', greeting: 'Hei' });
  expect(rows.filter((row) => row.last_name === 'Written')).toHaveLength(1);
  const log = await crm.log({ entity_id: shared.id, action: 'update' });
  expect(log.filter(({ changes }) => changes?.title?.new === 'Head of seafood')).toHaveLength(1);
  const notes = await crm.rows<{ body: string }>('rep@example.com', 'notes');
  expect(notes.filter(({ body }) => body === 'Wants six kilos on Friday.')).toHaveLength(1);

  // What the old app had pulled has the new column now, and the new entity is there.
  expect(greetings(await stored(page))).toEqual(greetings(rows));
  await expect(page.getByText('Dear', { exact: true })).toBeVisible();
  await companies.goto(`${app.url}/contacts/${greeted.id}`);
  await expect(companies.getByText('Hei', { exact: true })).toBeVisible();
  await tasks.goto(`${app.url}/price-lists`);
  const lists = tasks.getByRole('list', { name: 'Price lists' }).getByRole('listitem');
  await expect
    .poll(async () => (await lists.allTextContents()).sort())
    .toEqual(['Harbor prices', 'Winter prices']);
  await expectToMatch(sync);

  await greet(crm, later, 'Moin');
  await colleague.goto(`${app.url}/contacts/${later.id}`);
  await edit(colleague, 'Title', 'Fishmonger');
  await expect(syncStatus(colleague)).toHaveText(/^Synced/);
  await colleague.goto(`${app.url}/sync`);
  expect((await scripts(colleague)).every((path) => existsSync(join(BUILD, path)))).toBe(true);
  for (const device of [colleague, sync]) await expectToMatch(device);
  expect((await stored(sync)).find(({ id }) => id === later.id)).toMatchObject({
    title: 'Fishmonger',
    greeting: 'Moin',
  });
  await elsewhere.close();
});

async function tabAt(context: BrowserContext, address: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(address);
  await expect(syncStatus(tab)).toHaveText(/^Synced/);
  return tab;
}

/** Changes one field of the contact on the page by its form. */
async function edit(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const box = page.getByRole('dialog').getByRole('textbox', { name: field, exact: true });
  if (!(await box.isVisible())) await page.getByRole('dialog').getByText('More', { exact: true }).click();
  await box.fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Another device, on the next release, changes the new column. */
async function greet(crm: Crm, { id, version }: Row, greeting: string): Promise<void> {
  const change = mutation('contacts', 'update', {
    id,
    base_version: version,
    base: { greeting: 'Dear' },
    patch: { greeting },
  });
  const { results } = await crm.rpc<{ results: { status: string }[] }>('rep2@example.com', 'sync_push', {
    protocol: 1,
    client_id: crypto.randomUUID(),
    sent_at: new Date().toISOString(),
    mutations: [change],
    events: [],
  });
  expect(results).toMatchObject([{ status: 'applied' }]);
}

/** Syncs from the page Sync and waits until that has worked. */
async function syncNow(sync: Page): Promise<void> {
  await sync.getByRole('button', { name: 'Sync now' }).click();
  await expect(sync.getByRole('status', { name: 'Answer' })).toHaveText('Everything is sent and up to date.');
}

/** Asks the page Sync to compare this device with the server. */
async function expectToMatch(sync: Page): Promise<void> {
  await sync.getByRole('button', { name: 'Check this device' }).click();
  await expect(sync.getByRole('status', { name: 'Verification' })).toHaveText(
    /^This device is up to date: [\d,]+ records match\.$/,
  );
}

const greetings = (rows: Row[]) =>
  rows.map(({ id, greeting }) => `${id} ${greeting}`).sort((a, b) => a.localeCompare(b));

/** The paths of the app's scripts that this page has loaded. */
const scripts = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/_app/immutable/') && path.endsWith('.js')),
  );

/** The contacts on this device. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('atomic-crm:'))?.name ?? '';
    const opening = indexedDB.open(name);
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction('contacts').objectStore('contacts').getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    opening.result.close();
    return reading.result as Row[];
  });
