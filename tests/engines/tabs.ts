import { expect, onTestFinished, test } from 'vitest';
import { Releases } from '../e2e/releases';
import { addContact, logged, status } from './app';
import type { Scene } from './scene';

export function tabs(scene: Scene): void {
  const { crm, gate } = scene;

  test('shows a save of one tab in the other', async () => {
    const { browser, tab } = await scene.signedIn();
    const id = await addContact(tab, gate, 'Twice');
    const other = await browser.newTab();
    await other.go(`${gate.url}/contacts/${id}`);
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
    gate.leadTo(app);
    const { tab } = await scene.signedIn();
    await tab.go(`${gate.url}/contacts?new=contact`);
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
