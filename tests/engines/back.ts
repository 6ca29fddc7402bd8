import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Scene } from './scene';
import type { Tab } from './tab';

const delays = [0, 100, 200, 300, 400, 500, 600];

/** Collects everything that the heading and the status say, until the page is complete or 10 seconds have passed. */
async function everythingSaid(tab: Tab): Promise<string[]> {
  const said = new Set<string>();
  const end = Date.now() + 10_000;
  for (;;) {
    const [heading, status] = [await tab.css('h1').text(), await tab.status()];
    said.add(`${heading}: ${status}`);
    if ((/^Synced/.test(status) && heading) || Date.now() > end) return [...said];
    await delay(30);
  }
}

/**
 * Opens the list and a record, leaves, and goes back.
 *
 * @returns the wrong texts that were shown then
 */
async function leaveAndGoBack(tab: Tab, url: string, ms: number): Promise<string | undefined> {
  await tab.go(`${url}/contacts`);
  const link = tab.css('main a[href^="/contacts/0"]');
  try {
    await link.shown();
  } catch {
    return `the list does not appear, its status is "${await tab.status()}"`;
  }
  await tab.aboutToLeave();
  await link.click();
  await delay(ms);
  await tab.go(`${url}/companies`);
  await tab.back();
  const said = await everythingSaid(tab);
  const isWhole = said.at(-1)?.endsWith(': Synced');
  const isFalse = said.some((words) => /can't be opened|: Offline/.test(words));
  return isWhole && !isFalse ? undefined : said.join(', then ');
}

export function goingBack(scene: Scene): void {
  test('shows the page, never "Offline", on Back from a left record', async () => {
    const { browser, ...first } = await scene.signedIn();
    let { tab } = first;
    const wrong: string[] = [];
    for (const ms of delays) {
      const found = await leaveAndGoBack(tab, scene.gate.url, ms);
      if (!found) continue;
      wrong.push(`after ${ms} ms: ${found}`);
      const next = await browser.newTab();
      await tab.driver.close();
      tab = next;
    }
    expect(wrong).toEqual([]);
  }, 240_000);
}
