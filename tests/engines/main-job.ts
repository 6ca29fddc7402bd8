import { expect, test } from 'vitest';
import { addContact, logged, offlineReady, recordOf, rep, signIn, status } from './app';
import type { Scene } from './scene';
import type { Tab } from './tab';

/**
 * Moves the first deal of the first column to the next column.
 *
 * @returns its id and its new stage
 */
async function moveDeal(tab: Tab, url: string): Promise<{ id: string; stage: string }> {
  await tab.go(`${url}/deals`);
  const card = tab.role('main').css('a[href^="/deals/0"]');
  await card.shown();
  const id = recordOf(await card.attribute('href'));
  const name = await card.text();
  await tab.role('button', `Move ${name}`).click();
  await tab.role('menuitem', 'Demo scheduled').click();
  return { id, stage: 'demo_scheduled' };
}

export function mainJob({ crm, newDevice }: Scene): void {
  test('syncs and logs a day without a server exactly once', async () => {
    const begun = new Date().toISOString();
    const device = newDevice();
    let browser = await device.open();
    let { tab } = browser;
    await signIn(tab, crm, rep);
    await offlineReady(tab);
    await tab.go(`${crm.url}/contacts`);
    const link = tab.role('main').css('a[href^="/contacts/0"]');
    await link.shown();
    const contact = recordOf(await link.attribute('href'));

    await crm.kill();
    await tab.reload();
    await tab.role('searchbox', 'Filter contacts').shown();
    await tab.go(`${crm.url}/contacts/${contact}`);
    await tab.role('button', 'Edit').click();
    await tab.role('textbox', 'Title').fill('Head chef');
    await tab.role('button', 'Save').click();
    await tab.role('main').with('Head chef').shown();
    const created = await addContact(tab, crm, 'Engine');
    const deal = await moveDeal(tab, crm.url);
    await status(tab, /^Offline, 3 pending/);

    await browser.close();
    browser = await device.open();
    ({ tab } = browser);
    await tab.go(`${crm.url}/contacts/${created}`);
    await tab.css('h1').with('Kari Engine').shown();
    await status(tab, /^Offline, 3 pending/);

    await crm.start();
    await status(tab, /^Synced/, 45_000);
    const contacts = await crm.rows<{ id: string; title: string; last_name: string }>(rep, 'contacts');
    expect(contacts.filter(({ id, title }) => id === contact && title === 'Head chef')).toHaveLength(1);
    expect(contacts.filter(({ last_name }) => last_name === 'Engine')).toHaveLength(1);
    const deals = await crm.rows<{ id: string; stage: string }>(rep, 'deals');
    expect(deals.find(({ id }) => id === deal.id)?.stage).toBe(deal.stage);
    expect(await logged(crm, 'update', contact)).toBe(1);
    expect(await logged(crm, 'view', contact, begun)).toBe(1);
    expect(await logged(crm, 'create', created)).toBe(1);
    expect(await logged(crm, 'update', deal.id)).toBe(1);
  });
}
