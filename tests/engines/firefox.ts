/** Firefox, driven over WebDriver BiDi, with a persistent profile. */
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { launch, type Browser, type ElementHandle, type EvaluateFunc, type Page } from 'puppeteer-core';
import type { Driver, DriverTab, Size } from './driver';
import { findFirefox } from './installed';

export async function openFirefox(folder: string, size: Size): Promise<Driver> {
  const downloads = join(folder, 'downloads');
  const profile = join(folder, 'profile');
  mkdirSync(profile, { recursive: true });
  const browser = await launch({
    browser: 'firefox',
    executablePath: findFirefox() ?? 'firefox',
    headless: true,
    userDataDir: profile,
    defaultViewport: size,
    extraPrefsFirefox: {
      // The client turns off the back/forward cache, which every person has.
      'fission.bfcacheInParent': true,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'ui.prefersReducedMotion': 1,
    },
  });
  return new Firefox(browser, profile, downloads);
}

class Firefox implements Driver<ElementHandle> {
  #used = false;

  constructor(
    readonly browser: Browser,
    readonly profile: string,
    readonly downloads: string,
  ) {}

  async newTab(): Promise<FirefoxTab> {
    const [first] = this.#used ? [] : await this.browser.pages();
    this.#used = true;
    const page = first ?? (await this.browser.newPage());
    await page.bringToFront();
    return new FirefoxTab(page);
  }

  close = () => this.browser.close();

  async kill(): Promise<void> {
    const child = this.browser.process();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
    // After the end of the process, the client puts the preferences back that it replaced. Before that is done, the
    // profile cannot be opened again.
    const replaced = ['prefs.js', 'user.js'].map((name) => join(this.profile, `${name}.puppeteer`));
    await vi.waitUntil(() => !replaced.some((path) => existsSync(path)), { timeout: 10_000, interval: 20 });
  }
}

class FirefoxTab implements DriverTab<ElementHandle> {
  constructor(readonly page: Page) {}

  // The client waits for a page to load, but a page that is left before that never does. `Tab` does its own waiting.
  async navigate(url: string): Promise<void> {
    void this.page.goto(url).catch(() => undefined);
  }
  async reload(): Promise<void> {
    void this.page.reload().catch(() => undefined);
  }
  async back(): Promise<void> {
    void this.page.goBack().catch(() => undefined);
  }

  click = (element: ElementHandle) => element.click();
  press = (key: 'Escape' | 'Enter') => this.page.keyboard.press(key);
  upload = (element: ElementHandle, path: string) =>
    (element as ElementHandle<HTMLInputElement>).uploadFile(path);
  show = () => this.page.bringToFront();
  close = () => this.page.close();

  async load(script: string): Promise<void> {
    await this.page.evaluate(script);
  }

  run<A extends unknown[], T>(inPage: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    return this.page.evaluate(inPage as EvaluateFunc<A>, ...args) as Promise<Awaited<T>>;
  }

  async element<A extends unknown[]>(inPage: (...args: A) => Element | null, ...args: A) {
    return (
      await this.page.evaluateHandle(inPage as EvaluateFunc<A>, ...args)
    ).asElement() as ElementHandle | null;
  }

  async fill(element: ElementHandle, text: string): Promise<void> {
    await element.evaluate((field) => {
      (field as HTMLInputElement).focus();
      (field as HTMLInputElement).select();
    });
    await this.page.keyboard.type(text);
  }

  screenshot = async () => Buffer.from(await this.page.screenshot());
}
