import { setTimeout as delay } from 'node:timers/promises';
import type { Crm } from '../e2e/running-crm';
import { expect, test } from 'vitest';
import { offlineReady, signIn } from './app';
import { Device } from './device';
import type { Engine } from './installed';
import type { Tab } from './tab';

const delays = [0, 100, 200, 300, 400, 500, 600];

/** Everything that heading and status say, until the page is whole or 10 seconds are over. */
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

export function goingBack(engine: Engine, crm: Crm): void {
  test('Back, after leaving while a record opens, shows the page and never "Offline"', async () => {
    const { tab } = await new Device(engine).open();
    await signIn(tab, crm, 'rep@example.com');
    await offlineReady(tab);
    const wrong: string[] = [];
    for (const ms of delays) {
      await tab.go(`${crm.url}/contacts`);
      const link = tab.css('main a[href^="/contacts/0"]');
      await link.shown();
      await tab.aboutToLeave();
      await link.click();
      await delay(ms);
      await tab.go(`${crm.url}/companies`);
      await tab.back();
      const said = await everythingSaid(tab);
      const whole =
        said.at(-1)?.endsWith(': Synced') &&
        !said.some((words) => /could not be opened|: Offline/.test(words));
      if (!whole) wrong.push(`after ${ms} ms: ${said.join(', then ')}`);
    }
    expect(wrong).toEqual([]);
  }, 240_000);
}
