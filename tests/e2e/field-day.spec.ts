import { chromium, type BrowserContext } from '@playwright/test';
import { join } from 'node:path';
import { findBrowser } from './browser';
import { expect, offlineReady, signIn, syncStatus, test, type Crm } from './crm';

const sample = 'tests/fixtures/google-contacts.csv';
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** A browser whose storage is on disk, so that it can be closed and opened again. */
function openTablet(crm: Crm): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(crm.folder, 'tablet'), {
    ...findBrowser(),
    args,
    viewport: { width: 820, height: 1180 },
  });
}

/** The ways in which the server becomes unreachable and returns. */
const absences = {
  'the network off': {
    leave: (tablet: BrowserContext) => tablet.setOffline(true),
    comeBack: (tablet: BrowserContext) => tablet.setOffline(false),
  },
  'the server killed': {
    leave: (_: BrowserContext, crm: Crm) => crm.kill(),
    comeBack: (_: BrowserContext, crm: Crm) => crm.start(),
  },
  'the first reply lost after the server applied it': {
    leave: (tablet: BrowserContext) => tablet.setOffline(true),
    comeBack: async (tablet: BrowserContext) => {
      await tablet.route(
        '**/rpc/sync_push',
        async (route) => {
          await route.fetch();
          await route.abort('connectionreset');
        },
        { times: 1 },
      );
      await tablet.setOffline(false);
    },
  },
};

for (const [absence, { leave, comeBack }] of Object.entries(absences))
  test(`syncs and logs a day in the field exactly once: ${absence}`, async ({ crm, browser }) => {
    test.setTimeout(480_000);
    const before = Date.now();
    let tablet = await openTablet(crm);
    let page = tablet.pages()[0] ?? (await tablet.newPage());
    await signIn(page, crm, 'rep@example.com');

    await page.goto(`${crm.url}/import`);
    await page.getByLabel('CSV file').setInputFiles(sample);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText(/Imported \d+, skipped 0/)).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    await page.goto(`${crm.url}/contacts`);
    await page.getByRole('searchbox', { name: 'Filter contacts' }).fill('angstrom');
    const contactPath = await page.getByRole('link', { name: 'Zoë Ångström' }).getAttribute('href');
    await offlineReady(page);
    await page.reload();
    await expect(syncStatus(page)).toHaveText(/^Synced/);

    await leave(tablet, crm);
    await page.reload();
    await expect(page.getByRole('searchbox', { name: 'Filter contacts' })).toBeVisible();
    await page.goto(crm.url + contactPath);
    await expect(page.getByRole('heading', { level: 1, name: 'Zoë Ångström' })).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Offline/);

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Head chef');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Head chef').first()).toBeVisible();
    await page.getByRole('textbox', { name: 'Add a note' }).fill('Tasted the smoked char, wants six kilos.');
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(page.getByText('Tasted the smoked char, wants six kilos.').first()).toBeVisible();

    await page.goto(`${crm.url}/contacts`);
    await page.getByRole('button', { name: 'New contact' }).click();
    await page.getByRole('textbox', { name: 'First name' }).fill('Noor');
    await page.getByRole('textbox', { name: 'Last name' }).fill('Haddad');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Noor Haddad' })).toBeVisible();
    const newContact = page.url().split('/').pop();

    await page.goto(`${crm.url}/deals`);
    await page.getByRole('button', { name: 'New deal' }).click();
    await page.getByRole('textbox', { name: 'Deal name' }).fill('Smoked char program');
    await page.getByRole('textbox', { name: 'Amount' }).fill('4800');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Smoked char program' })).toBeVisible();
    const newDeal = page.url().split('/').pop();
    await page.goto(`${crm.url}/deals`);
    await page.getByRole('button', { name: 'Move Smoked char program' }).click();
    await page.getByRole('menuitem', { name: 'Demo scheduled' }).click();
    await expect(
      page.getByRole('region', { name: 'Demo scheduled' }).getByRole('link', { name: 'Smoked char program' }),
    ).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Offline, 5 pending/);

    await tablet.close();
    tablet = await openTablet(crm);
    if (absence !== 'the server killed') await leave(tablet, crm);
    page = tablet.pages()[0] ?? (await tablet.newPage());
    await page.goto(`${crm.url}/contacts/${newContact}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Noor Haddad' })).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Offline, 5 pending/);

    const online = Date.now();
    await comeBack(tablet, crm);
    await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 45_000 });

    const office = await browser.newPage();
    await signIn(office, crm, 'admin@example.com');
    await office.goto(`${crm.url}/contacts/${newContact}`);
    await expect(office.getByRole('heading', { level: 1, name: 'Noor Haddad' })).toBeVisible();
    await office.goto(crm.url + contactPath);
    await expect(office.getByText('Head chef').first()).toBeVisible();
    await expect(office.getByText('Tasted the smoked char, wants six kilos.')).toHaveCount(1);
    await office.goto(`${crm.url}/deals`);
    await expect(
      office
        .getByRole('region', { name: 'Demo scheduled' })
        .getByRole('link', { name: 'Smoked char program' }),
    ).toHaveCount(1);

    const rep = (await crm.log({ action: 'sign_in' })).find((entry) => entry.entity_type === 'members');
    const entries = (await crm.log()).filter((entry) => Date.parse(entry.timestamp) >= before);
    const of = (action: string, id: string | undefined) =>
      entries.filter((entry) => entry.action === action && entry.entity_id === id);
    const contact = contactPath?.split('/').pop();
    expect(of('create', newContact)).toHaveLength(1);
    expect(of('create', newDeal)).toHaveLength(1);
    expect(of('update', newDeal)).toMatchObject([
      { changes: { stage: { old: 'new_lead', new: 'demo_scheduled' } } },
    ]);
    expect(of('update', contact)).toMatchObject([{ changes: { title: { new: 'Head chef' } } }]);
    const repViews = of('view', contact).filter(
      (entry) => entry.user_id === of('update', contact)[0]?.user_id,
    );
    expect(repViews).toHaveLength(1);
    for (const entry of [...of('create', newContact), ...of('update', contact), ...repViews]) {
      expect(entry.ip_address).toMatch(/^(127\.0\.0\.1|::1)$/);
      expect(Date.parse(entry.occurred_at)).toBeLessThan(online);
      expect(Date.parse(entry.timestamp)).toBeGreaterThanOrEqual(online - 1000);
    }
    expect(rep).toBeDefined();

    await office.goto(`${crm.url}/activity`);
    const log = office.getByRole('table', { name: 'Activity log' });
    await expect(log.getByRole('row').filter({ hasText: 'Noor Haddad' }).first()).toBeVisible();
    await tablet.close();
  });
