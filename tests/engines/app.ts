/** What the tests of the engines do in the app over and over. */
import { expect } from 'vitest';
import type { Crm } from '../e2e/running-crm';
import type { Tab } from './tab';

/** Waits for words of the sync status. */
export const status = (tab: Tab, words: RegExp, time = 20_000): Promise<void> =>
  expect.poll(() => tab.status(), { timeout: time, interval: 50 }).toMatch(words);

/** Signs in as a person would, and waits until the device has everything. */
export async function signIn(tab: Tab, { url }: { url: string }, email: string): Promise<void> {
  await tab.go(`${url}/login`);
  await tab.role('button', `Use ${email}`).click();
  await tab.role('button', 'Sign in').click();
  await expect.poll(() => tab.path(), { timeout: 15_000 }).not.toBe('/login');
  await status(tab, /^Synced/);
}

/** Waits until the service worker answers for the app, so that the next load works without a server. */
export const offlineReady = (tab: Tab): Promise<void> =>
  expect
    .poll(() => tab.run(() => navigator.serviceWorker.controller?.state ?? 'none'), { timeout: 20_000 })
    .toBe('activated');

/** Makes a contact by its form and waits for its page. @returns its id */
export async function addContact(tab: Tab, { url }: { url: string }, last: string): Promise<string> {
  await tab.go(`${url}/contacts?new=contact`);
  await tab.role('textbox', 'First name').fill('Kari');
  await tab.role('textbox', 'Last name').fill(last);
  await tab.role('button', 'Save').click();
  await tab.css('h1').with(`Kari ${last}`).shown();
  return recordOf(await tab.path());
}

export const recordOf = (path: string): string => path.split('/').pop() ?? '';

/** How often the log has an action on a record that happened after a time. */
export async function logged(crm: Crm, action: string, id: string, since = ''): Promise<number> {
  const entries = await crm.log({ action, entity_id: id });
  return entries.filter(({ occurred_at }) => occurred_at >= since).length;
}
