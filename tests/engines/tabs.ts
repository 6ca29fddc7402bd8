import type { Crm } from '../e2e/running-crm';
import { expect, onTestFinished, test } from 'vitest';
import { Releases } from '../e2e/releases';
import { addContact, logged, offlineReady, signIn, status } from './app';
import { Device } from './device';
import type { Engine } from './installed';

export function tabs(engine: Engine, crm: Crm): void {
  test('shows a save of one tab in the other', async () => {
    const browser = await new Device(engine).open();
    const { tab } = browser;
    await signIn(tab, crm, 'rep@example.com');
    const id = await addContact(tab, crm, 'Twice');
    const other = await browser.newTab();
    await other.go(`${crm.url}/contacts/${id}`);
    await other.role('button', 'Edit').click();
    await other.role('textbox', 'Title').fill('Seen in both');
    await other.role('button', 'Save').click();
    await other.role('main').with('Seen in both').shown();
    await tab.driver.show();
    await tab.role('main').with('Seen in both').shown();
    for (const each of [tab, other]) await status(each, /^Synced/);
    expect(await logged(crm, 'update', id)).toBe(1);
  });

  test('updates only when asked, and keeps the draft', async () => {
    const app = await Releases.before(crm.port);
    onTestFinished(() => app.close());
    const { tab } = await new Device(engine).open();
    await signIn(tab, app, 'rep@example.com');
    await offlineReady(tab);
    await tab.go(`${app.url}/contacts?new=contact`);
    await tab.role('textbox', 'First name').fill('Half written');
    app.release();
    await tab.run(() => void navigator.serviceWorker.ready.then((registration) => registration.update()));
    await expect
      .poll(() => tab.run(() => navigator.serviceWorker.getRegistration().then((is) => !!is?.waiting)), {
        timeout: 20_000,
      })
      .toBe(true);
    expect(await tab.role('textbox', 'First name').value()).toBe('Half written');
    await tab.driver.press('Escape');
    await tab.reloads(() => tab.role('button', 'Update now').click());
    await tab.role('button', 'New contact').click();
    await expect
      .poll(() => tab.role('textbox', 'First name').value(), { timeout: 15_000 })
      .toBe('Half written');
    expect(await tab.run(() => document.documentElement.innerHTML.includes('immutable-2'))).toBe(true);
  });
}
