import { expect, test } from 'vitest';
import type { Crm } from '../e2e/running-crm';
import { logged, offlineReady, recordOf, rep, signIn, status } from './app';
import type { Browser } from './browser';
import type { Device } from './device';
import type { Gate } from './gate';
import type { Scene } from './scene';
import type { Tab } from './tab';

/** A device in the middle of a task, behind a gate that holds its requests. */
interface Middle {
  gate: Gate;
  device: Device;
  browser: Browser;
}

/** The interruption of the app, until the person has the app in front of them again. */
type Interruption = (middle: Middle) => Promise<Tab>;

const hidden: Interruption = async ({ browser, gate }) => {
  const other = await browser.newTab();
  expect(await browser.tab.run(() => document.visibilityState)).toBe('hidden');
  gate.open();
  await other.go(`${gate.url}/login/invitation`);
  await other.css('h1').shown();
  await browser.tab.driver.show();
  return browser.tab;
};

const killed: Interruption = async ({ browser, device, gate }) => {
  const path = await browser.tab.path();
  await browser.kill();
  gate.open();
  const { tab } = await device.open();
  await tab.go(gate.url + path);
  // Firefox writes the sign-in to the disk some seconds after it, and a kill before that loses it. The records stay.
  if (device.engine === 'firefox' && (await isSignedOut(tab))) {
    await signIn(tab, gate, rep);
    await tab.go(gate.url + path);
  }
  return tab;
};

const interruptions = { 'a tab put into the background': hidden, 'a browser killed': killed };

async function withoutData({ gate, newDevice }: Scene): Promise<Middle> {
  const device = newDevice();
  return { gate, device, browser: await device.open() };
}

const signedInEarlier = async (scene: Scene): Promise<Middle> => ({
  gate: scene.gate,
  ...(await scene.signedIn()),
});

/** So soon after the sign-in, Firefox may not have written it to the disk. */
async function signedInJustNow(scene: Scene): Promise<Middle> {
  const middle = await withoutData(scene);
  const { tab } = middle.browser;
  await signIn(tab, scene.gate, rep);
  await offlineReady(tab);
  await tab.go(`${scene.gate.url}/contacts`);
  return middle;
}

/** Each test edits its own contact; the main-job test uses the first of the list. */
let edited = 0;

/**
 * Opens a contact from the list and changes its title in the form without saving it.
 *
 * @returns its id
 */
async function editContact({ browser: { tab } }: Middle, title: string): Promise<string> {
  const link = tab.css('main a[href^="/contacts/0"]').nth(++edited);
  await link.shown();
  const id = recordOf(await link.attribute('href'));
  await link.click();
  await tab.role('button', 'Edit').click();
  await tab.role('textbox', 'Title').fill(title);
  return id;
}

/** Waits until the app or the sign-in page appears. */
async function isSignedOut(tab: Tab): Promise<boolean> {
  const signIn = tab.role('button', 'Sign in');
  const either = async () => (await signIn.count()) > 0 || (await tab.status()) !== '';
  await expect.poll(either, { timeout: 20_000 }).toBe(true);
  return (await signIn.count()) > 0;
}

async function titleOf(crm: Crm, id: string): Promise<string | undefined> {
  const contacts = await crm.rows<{ id: string; title: string }>(rep, 'contacts');
  return contacts.find((contact) => contact.id === id)?.title;
}

export function interrupted(scene: Scene): void {
  const { crm } = scene;
  for (const [interruption, happens] of Object.entries(interruptions)) {
    test(`${interruption} in the middle of a first sync still gets everything`, async () => {
      const middle = await withoutData(scene);
      const { gate, browser } = middle;
      const waits = gate.keep('/rest/v1/rpc/sync_pull', 'before the browser');
      await browser.tab.go(`${gate.url}/login`);
      await browser.tab.role('button', `Use ${rep}`).click();
      await browser.tab.role('button', 'Sign in').click();
      await waits;
      await status(browser.tab, /^Syncing/);
      const tab = await happens(middle);
      await status(tab, /^Synced/, 60_000);
      await tab.go(`${gate.url}/contacts`);
      const all = (await crm.rows(rep, 'contacts')).length;
      await expect.poll(() => tab.css('h1').text(), { timeout: 15_000 }).toBe(`Contacts ${all}`);
    });

    for (const moment of ['before the server', 'before the browser'] as const)
      test(`${interruption} in the middle of a push, held ${moment}, saves once`, async () => {
        const isFresh = happens === killed && moment === 'before the server';
        const middle = await (isFresh ? signedInJustNow : signedInEarlier)(scene);
        const { gate, browser } = middle;
        const id = await editContact(middle, 'Pushed once');
        const waits = gate.keep('/rest/v1/rpc/sync_push', moment);
        await browser.tab.role('button', 'Save').click();
        await waits;
        const tab = await happens(middle);
        await tab.role('main').with('Pushed once').shown();
        await status(tab, /^Synced/, 60_000);
        expect(await titleOf(crm, id)).toBe('Pushed once');
        expect(await logged(crm, 'update', id)).toBe(1);
      });

    test(`${interruption} in the middle of a save keeps what was shown as saved`, async () => {
      const middle = await signedInEarlier(scene);
      const { gate, browser } = middle;
      const id = await editContact(middle, 'Saved once');
      void gate.keep('/rest/v1/rpc/sync_push', 'before the server');
      await browser.tab.role('button', 'Save').click();
      const promised = (await browser.tab.role('button', 'Save').count()) === 0;
      const tab = await happens(middle);
      await status(tab, /^Synced/, 60_000);
      const title = await titleOf(crm, id);
      if (promised) expect(title).toBe('Saved once');
      expect(await logged(crm, 'update', id)).toBe(title === 'Saved once' ? 1 : 0);
    });
  }
}
