import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { DriverTab } from './driver';
import { abilities, attribute, clickable, first, matching, texts, value, type Wanted } from './in-page';

const require = createRequire(import.meta.url);
/** Finds elements by role and name in the page itself, so that every engine uses the same rules. */
const library = readFileSync(
  require.resolve('@testing-library/dom').replace(/index\.js$/, '@testing-library/dom.umd.min.js'),
  'utf8',
);
const patience = 15_000;

/**
 * Retries until it works.
 *
 * @throws the last error after `time` milliseconds
 */
async function eventually<T>(what: string, attempt: () => Promise<T>, time = patience): Promise<T> {
  const end = Date.now() + time;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > end) throw new Error(`Within ${time / 1000} s: ${what}`, { cause });
    }
    await delay(30);
  }
}

function demand<T>(value: T | null | undefined | false, otherwise: string): T {
  if (value === null || value === undefined || value === false) throw new Error(otherwise);
  return value;
}

/** A tab as a person uses it. Each action waits until the page allows it. */
export class Tab {
  /** Identifies the document that is about to be left. */
  #mark: string | undefined;

  constructor(readonly driver: DriverTab) {}

  /** Opens an address. Resolves when another document exists, loaded or not. */
  go = (url: string) => this.#leave(`${url} opens`, () => this.driver.navigate(url));
  reload = () => this.#leave('the page reloads', () => this.driver.reload());
  /** Goes back to the previous document, which the browser may have kept. */
  back = () => this.#leave('the previous page is back', () => this.driver.back());

  /** Does something that reloads the page, and waits for the reload. */
  reloads = (act: () => Promise<void>) => this.#leave('the page reloads', act);

  run<A extends unknown[], T>(inPage: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    return this.driver.run(inPage, ...args);
  }

  path = () => this.run(() => location.pathname);
  role = (role: string, name?: string | RegExp): Found => new Found(this, []).role(role, name);
  label = (label: string): Found => new Found(this, [{ label }]);
  css = (css: string): Found => new Found(this, [{ css }]);
  /** The text of the sync status; empty if there is none. Tests ask for it all the time, so a selector finds it. */
  status = () => this.css('[role=status][aria-label="Sync status"]').text();

  /** Loads into the document what `path` is found with. The library takes long to load and to look. */
  async prepare(path: Wanted[]): Promise<void> {
    const isByRole = path.some(({ css }) => css === undefined);
    const { findsByCss, findsByRole } = await this.driver.run(abilities);
    if (isByRole && !findsByRole) await this.driver.load(library);
    if (!findsByCss) await this.driver.load(`window.matching = ${matching}`);
  }

  /**
   * Prepares for leaving the document. Without this, leaving waits until the page has time to answer; with it, the
   * browser leaves at once, however busy the page is.
   */
  async aboutToLeave(): Promise<void> {
    const mark = String(Math.random());
    await this.run((by) => void (window.leftBy = by), mark);
    this.#mark = mark;
  }

  async #leave(what: string, begin: () => Promise<void>): Promise<void> {
    if (!this.#mark) await this.aboutToLeave();
    const mark = this.#mark;
    this.#mark = undefined;
    await begin();
    await eventually(what, async () => {
      demand((await this.run(() => window.leftBy ?? '')) !== mark, 'The document is still the same.');
    });
  }
}

/** An element, found again each time it is used. If several match, it is the first. */
export class Found {
  constructor(
    readonly tab: Tab,
    readonly path: Wanted[],
  ) {}

  role(role: string, name?: string | RegExp): Found {
    const named = name instanceof RegExp ? { pattern: name.source } : { name };
    return new Found(this.tab, [...this.path, { role, ...named }]);
  }

  css = (css: string): Found => new Found(this.tab, [...this.path, { css }]);
  /** The matching elements that contain this text. */
  with = (text: string): Found => this.#also({ text });
  /** The n-th matching element, from 0. */
  nth = (index: number): Found => this.#also({ index });

  async count(): Promise<number> {
    return (await this.#texts()).length;
  }

  /** The text of the first match; empty if there is none. */
  async text(): Promise<string> {
    return (await this.#texts())[0] ?? '';
  }

  /** Waits until it is visible. */
  async shown(time?: number): Promise<void> {
    const seen = async () => demand((await this.count()) > 0, 'It is not there.');
    await eventually(`${this} is shown`, seen, time);
  }

  click = () =>
    this.#use('is clicked', async (element) => {
      demand(await this.tab.run(clickable, element), 'It cannot be clicked yet.');
      await this.tab.driver.click(element);
    });

  fill = (text: string) =>
    this.#use('is filled in', async (element) => {
      await this.tab.driver.fill(element, text);
      demand((await this.value()) === text, 'It does not have the text yet.');
    });

  upload = (path: string) => this.#use('takes a file', (element) => this.tab.driver.upload(element, path));

  /** The value of a field. */
  value = async () => this.tab.run(value, await this.#element());

  attribute = async (name: string) => this.tab.run(attribute, await this.#element(), name);

  toString(): string {
    return this.path.map((wanted) => JSON.stringify(wanted)).join(' in ');
  }

  #also(more: Wanted): Found {
    return new Found(this.tab, [...this.path.slice(0, -1), { ...this.path.at(-1), ...more }]);
  }

  async #texts(): Promise<string[]> {
    const found = await this.tab.run(texts, this.path);
    if (found) return found;
    await this.tab.prepare(this.path);
    return (await this.tab.run(texts, this.path)) ?? [];
  }

  /** Element handles belong to the driver and mean an element only inside the page. */
  async #element(): Promise<Element> {
    await this.tab.prepare(this.path);
    const found = await this.tab.driver.element(first, this.path);
    return demand(found, 'It is not there.') as Element;
  }

  async #use(what: string, work: (element: Element) => Promise<void>): Promise<void> {
    await eventually(`${this} ${what}`, async () => work(await this.#element()));
  }
}
