/** Actions in the app that many engine tests use. */
import { expect, vi } from 'vitest';
import type { Crm } from '../e2e/running-crm';
import type { Tab } from './tab';

/** The account that the tests sign in with. */
export const rep = 'rep@example.com';

/** Retries until nothing in it fails; also in a hook, which `expect.poll` does not allow. */
const eventually = (assertion: () => Promise<void>, timeout: number): Promise<void> =>
  vi.waitFor(assertion, { timeout, interval: 50 });

/** Waits until the sync status says this. */
export const status = (tab: Tab, words: RegExp, time = 20_000): Promise<void> =>
  eventually(async () => expect(await tab.status()).toMatch(words), time);

/** Signs in through the form and waits until the device has everything. */
export async function signIn(tab: Tab, { url }: { url: string }, email: string): Promise<void> {
  await tab.go(`${url}/login`);
  await tab.role('button', `Use ${email}`).click();
  await tab.role('button', 'Sign in').click();
  await eventually(async () => expect(await tab.path()).not.toBe('/login'), 15_000);
  await status(tab, /^Synced/);
}

/** Waits until the service worker controls the app, so that the next load works without a server. */
export const offlineReady = (tab: Tab): Promise<void> =>
  eventually(async () => {
    const state = await tab.run(() => navigator.serviceWorker.controller?.state);
    expect(state).toBe('activated');
  }, 20_000);

/**
 * Creates a contact through the form and waits for its page.
 *
 * @returns its id
 */
export async function addContact(tab: Tab, { url }: { url: string }, last: string): Promise<string> {
  await tab.go(`${url}/contacts?new=contact`);
  await tab.role('textbox', 'First name').fill('Kari');
  await tab.role('textbox', 'Last name').fill(last);
  await tab.role('button', 'Save').click();
  await tab.css('h1').with(`Kari ${last}`).shown();
  return recordOf(await tab.path());
}

export const recordOf = (path: string): string => path.split('/').pop() ?? '';

/** The number of log entries for an action on a record since a given time. */
export async function logged(crm: Crm, action: string, id: string, since = ''): Promise<number> {
  const entries = await crm.log({ action, entity_id: id });
  return entries.filter(({ occurred_at }) => occurred_at >= since).length;
}
