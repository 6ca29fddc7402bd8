import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recordOf, status } from './app';
import type { Browser } from './browser';
import type { Scene } from './scene';
import type { Tab } from './tab';

/** The delays between opening a record and leaving it, in milliseconds. */
const delays = [0, 100, 200, 300, 400, 500, 600];
const times = 3;
/** The time that a page may take to become correct, in milliseconds. */
const patience = 15_000;

interface Record {
  path: string;
  name: string;
}

interface Way {
  title: string;
  leave(tab: Tab, url: string): Promise<void>;
  /** The heading of the page that follows. An opening may be so short that its address has not appeared yet. */
  next(path: string, record: Record): string;
  /** The most times that a record is opened. */
  openings: number;
}

const ways: Way[] = [
  {
    title: 'for another address',
    leave: (tab, url) => tab.go(`${url}/companies`),
    next: () => 'Companies',
    openings: 1,
  },
  {
    title: 'by a reload',
    leave: (tab) => tab.reload(),
    next: (path, record) => (path === record.path ? record.name : 'Contacts'),
    openings: 2,
  },
];

/** Records in the tab, across documents, each document that painted the record's name. */
function watchPainting(path: string, name: string): void {
  const observer = new MutationObserver(() => {
    if (location.pathname !== path || !document.querySelector('h1')?.textContent?.includes(name)) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => sessionStorage.setItem(path, 'painted')));
  });
  observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
}

const links = () =>
  [...document.querySelectorAll('main a[href^="/contacts/0"]')].map((link) => ({
    path: link.getAttribute('href') ?? '',
    name: link.textContent?.trim() ?? '',
  }));

const wasPainted = (path: string) => sessionStorage.getItem(path) === 'painted';

/** Why a page that should be complete is not; undefined if it is. */
async function fault(tab: Tab, title: (path: string) => string): Promise<string | undefined> {
  const end = Date.now() + patience;
  for (;;) {
    const heading = await tab.css('h1').text();
    const said = await tab.status();
    if (heading.includes(title(await tab.path())) && /^Synced/.test(said)) return undefined;
    if (Date.now() > end) return `heading "${heading}", status "${said}"`;
    await delay(100);
  }
}

export function leaving(scene: Scene): void {
  for (const way of ways)
    test(`leaving a record ${way.title} within 600 ms loses nothing`, async () => {
      const begun = new Date().toISOString();
      const { url } = scene.gate;
      const { browser, ...first } = await scene.signedIn();
      let { tab } = first;
      const wrong: string[] = [];
      const painted: string[] = [];
      const tries = delays.flatMap((ms) => Array.from({ length: times }, () => ms));
      await expect
        .poll(async () => (await tab.run(links)).length, { timeout: 15_000 })
        .toBeGreaterThanOrEqual(tries.length);
      const records = (await tab.run(links)).slice(0, tries.length);

      for (const [index, ms] of tries.entries()) {
        const record = records[index] ?? { path: '', name: '' };
        const found = await leaveAfter(ms, record, way, tab, url);
        if (await tab.run(wasPainted, record.path)) painted.push(recordOf(record.path));
        if (!found) continue;
        wrong.push(`left after ${ms} ms: ${found}; ${await secondTab(browser, url)}`);
        const next = await browser.newTab();
        await tab.driver.close();
        tab = next;
      }

      expect(wrong).toEqual([]);
      expect(await secondTab(browser, url)).toBe('a second tab works');
      await status(tab, /^Synced/);
      const views = (await scene.crm.log({ action: 'view' }))
        .filter(({ occurred_at }) => occurred_at >= begun)
        .map(({ entity_id }) => entity_id);
      const count = (id: string) => views.filter((viewed) => viewed === id).length;
      expect(painted.filter((id) => count(id) === 0)).toEqual([]);
      expect(records.filter(({ path }) => count(recordOf(path)) > way.openings)).toEqual([]);
    }, 400_000);
}

/**
 * Opens the list and a record, and leaves it.
 *
 * @returns what is wrong with the page that follows
 */
async function leaveAfter(
  ms: number,
  record: Record,
  way: Way,
  tab: Tab,
  url: string,
): Promise<string | undefined> {
  await tab.go(`${url}/contacts`);
  const link = tab.css(`main a[href="${record.path}"]`);
  try {
    await link.shown(patience);
  } catch {
    return `the list does not appear, its status is "${await tab.status()}"`;
  }
  await tab.run(watchPainting, record.path, record.name);
  await tab.aboutToLeave();
  await link.click();
  await delay(ms);
  await way.leave(tab, url);
  return fault(tab, (path) => way.next(path, record));
}

async function secondTab(browser: Browser, url: string): Promise<string> {
  const other = await browser.newTab();
  await other.go(`${url}/tasks`);
  const found = await fault(other, () => 'Tasks');
  await other.driver.close();
  return found ? `a second tab has ${found}` : 'a second tab works';
}
