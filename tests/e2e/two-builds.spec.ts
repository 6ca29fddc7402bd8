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

test('keeps work, draft and five tabs through a real update', async ({
  page,
  context,
  browser,
  crm,
  app,
  next,
}) => {
  test.setTimeout(300_000);
  const colleague = await (await browser.newContext()).newPage();
  for (const [device, email] of [
    [page, 'rep@example.com'] as const,
    [colleague, 'manager@example.com'] as const,
  ]) {
    await signIn(device, app, email);
    await offlineReady(device);
  }
  const [shared, greeted, both, later] = await fourContacts(crm);
  const at = ({ id }: Row) => `${app.url}/contacts/${id}`;
  const tabs = await fiveTabs(page, context, app, at(shared));

  // The server is updated first. The old app pulls rows that have the new column, and cannot store it.
  await crm.deploy(migration);
  await greet(crm, greeted, 'Hei');
  await greet(crm, both, 'Moin');
  await syncNow(tabs.sync);
  const pulled = await stored(page);
  expect(pulled.find(({ id }) => id === greeted.id)?.version).toBe(greeted.version + 1);
  expect(pulled.filter((row) => 'greeting' in row)).toEqual([]);

  await context.setOffline(true);
  await edit(page, 'Title', 'Head of seafood');
  await addNote(page, 'Wants six kilos on Friday.');
  await tabs.draft.getByRole('textbox', { name: 'First name' }).fill('Half');
  await tabs.draft.getByRole('textbox', { name: 'Last name' }).fill('Written');
  await editAt(colleague, at(shared), 'Department', 'Cold kitchen');
  await editAt(colleague, at(both), 'Title', 'Harbor master');

  // The new app arrives before the work can be sent, so the whole outbox goes through the update.
  await context.route('**/rpc/sync_*', (route) => route.abort());
  app.release(next.folder);
  await context.setOffline(false);
  await update(tabs.tasks, tabs);
  for (const tab of Object.values(tabs)) {
    await expect(syncStatus(tab)).toHaveText('Offline, 2 pending');
    await expectBuild(tab, next.folder);
  }
  await expect(tabs.draft.getByRole('textbox', { name: 'First name' })).toHaveValue('Half');
  await expect(tabs.draft.getByRole('textbox', { name: 'Last name' })).toHaveValue('Written');

  await context.unroute('**/rpc/sync_*');
  await syncNow(tabs.sync);
  for (const tab of Object.values(tabs)) await expect(syncStatus(tab)).toHaveText(/^Synced/);
  await tabs.draft.getByRole('textbox', { name: 'Greeting' }).fill('Ahoi');
  await tabs.draft.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tabs.draft.getByRole('heading', { level: 1, name: 'Half Written' })).toBeVisible();
  await syncNow(tabs.sync);

  // Everything is on the server once, and nobody's value was erased.
  const rows = await crm.rows<Row>('rep@example.com', 'contacts');
  const there = ({ id }: Row) => rows.find((row) => row.id === id);
  const work = { title: 'Head of seafood', department: 'Cold kitchen', greeting: 'Dear' };
  expect(there(shared)).toMatchObject(work);
  expect(there(greeted)).toMatchObject({ greeting: 'Hei' });
  expect(there(both)).toMatchObject({ title: 'Harbor master', greeting: 'Moin' });
  expect(rows.filter((row) => row.last_name === 'Written')).toMatchObject([{ greeting: 'Ahoi' }]);
  const log = await crm.log({ entity_id: shared.id, action: 'update' });
  expect(log.filter(({ changes }) => changes?.title?.new === work.title)).toHaveLength(1);
  const notes = await crm.rows<{ body: string }>('rep@example.com', 'notes');
  expect(notes.filter(({ body }) => body === 'Wants six kilos on Friday.')).toHaveLength(1);

  // The rows that the old app had pulled have the new column, and the new entity exists.
  await expectGreetings(page, rows);
  await expect(page.getByText('Dear', { exact: true })).toBeVisible();
  await tabs.companies.goto(at(greeted));
  await expect(tabs.companies.getByText('Hei', { exact: true })).toBeVisible();
  await tabs.tasks.goto(`${app.url}/price-lists`);
  const lists = tabs.tasks.getByRole('list', { name: 'Price lists' }).getByRole('listitem');
  const names = ['Harbor prices', 'Winter prices'];
  await expect.poll(async () => (await lists.allTextContents()).sort()).toEqual(names);
  await expectToMatch(tabs.sync);

  // The colleague, still on the old app, changes a record once more.
  await greet(crm, later, 'Ahoy');
  await editAt(colleague, at(later), 'Title', 'Fishmonger');
  await colleague.goto(`${app.url}/sync`);
  await expectBuild(colleague, BUILD);
  for (const device of [colleague, tabs.sync]) await expectToMatch(device);
  const here = (await stored(page)).find(({ id }) => id === later.id);
  expect(here).toMatchObject({ title: 'Fishmonger', greeting: 'Ahoy' });
  await colleague.context().close();
});

async function fourContacts(crm: Crm): Promise<[Row, Row, Row, Row]> {
  const [first, second, third, fourth] = await crm.rows<Row>('rep@example.com', 'contacts');
  if (!first || !second || !third || !fourth) throw new Error('The demo data has too few contacts.');
  return [first, second, third, fourth];
}

/** The page itself at a contact, and four more tabs, all synced. */
async function fiveTabs(page: Page, context: BrowserContext, { url }: OneAddress, contact: string) {
  const [draft, tasks, companies, sync] = await Promise.all([
    tabAt(context, `${url}/contacts?new=contact`),
    tabAt(context, `${url}/tasks`),
    tabAt(context, `${url}/companies`),
    tabAt(context, `${url}/sync`),
  ]);
  await page.goto(contact);
  return { page, draft, tasks, companies, sync };
}

async function tabAt(context: BrowserContext, address: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(address);
  await expect(syncStatus(tab)).toHaveText(/^Synced/);
  return tab;
}

/** Updates the app from one tab; every tab gets the prompt, and every tab reloads. */
async function update(
  from: Page,
  { draft, ...asked }: Record<'draft', Page> & Record<string, Page>,
): Promise<void> {
  await from.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const button = (tab: Page) => tab.getByRole('button', { name: 'Update now' });
  for (const tab of Object.values(asked)) await expect(button(tab)).toBeVisible({ timeout: 30_000 });
  const reloads = [draft, ...Object.values(asked)].map((tab) =>
    tab.waitForEvent('load', { timeout: 30_000 }),
  );
  await button(from).click();
  await Promise.all(reloads);
}

async function addNote(page: Page, body: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Add a note' }).fill(body);
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(syncStatus(page)).toHaveText('Offline, 2 pending');
}

/** Opens a contact, changes one field and waits until the server has it. */
async function editAt(page: Page, address: string, field: string, value: string): Promise<void> {
  await page.goto(address);
  await edit(page, field, value);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
}

/** Changes one field of the contact on the page through its form. */
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

/** Syncs on the Sync page and waits until that has worked. */
async function syncNow(sync: Page): Promise<void> {
  await sync.getByRole('button', { name: 'Sync now' }).click();
  await expect(sync.getByRole('status', { name: 'Answer' })).toHaveText('Everything is sent and up to date.');
}

/** Compares this device with the server on the Sync page. */
async function expectToMatch(sync: Page): Promise<void> {
  await sync.getByRole('button', { name: 'Check this device' }).click();
  await expect(sync.getByRole('status', { name: 'Verification' })).toHaveText(
    /^This device is up to date: [\d,]+ records match\.$/,
  );
}

/** Checks that the contacts on this device have these greetings. */
async function expectGreetings(page: Page, rows: Row[]): Promise<void> {
  const here = new Map((await stored(page)).map(({ id, greeting }) => [id, greeting]));
  expect(rows.filter(({ id, greeting }) => here.get(id) !== greeting).length).toBe(0);
}

/** Checks that all scripts that this page has loaded are from this build. */
async function expectBuild(page: Page, folder: string): Promise<void> {
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/_app/immutable/') && path.endsWith('.js')),
  );
  expect(scripts).not.toEqual([]);
  expect(scripts.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
}

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
