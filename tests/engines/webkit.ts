/** WebKitGTK, driven by WebKitWebDriver, in a small browser of our own on an invisible display. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Builder, Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import { freePort } from '../../supabase/embedded/free-port';
import type { Driver, DriverTab, Size } from './driver';
import { findCommand, python } from './installed';

const program = fileURLToPath(new URL('webkit-browser.py', import.meta.url));

export async function openWebKit(folder: string, { width, height }: Size): Promise<Driver> {
  const display = await openDisplay();
  const port = await freePort();
  // Its own process group, so that the browser and its page processes end with the driver.
  const server = spawn(command('WebKitWebDriver'), [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: display.name, NO_AT_BRIDGE: '1' },
    stdio: ['ignore', process.env.DEBUG ? 'inherit' : 'ignore', process.env.DEBUG ? 'inherit' : 'ignore'],
    detached: true,
  });
  await answering(`http://127.0.0.1:${port}/status`);
  const browser = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({
      browserName: 'engines',
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': { binary: python, args: [program, folder, String(width), String(height)] },
    })
    .build();
  return new WebKit(browser, server, display.process, join(folder, 'downloads'));
}

class WebKit implements Driver<WebElement> {
  #used = false;
  #last: Promise<unknown> = Promise.resolve();
  /** The tab that the next command goes to. */
  #current = '';

  constructor(
    readonly browser: WebDriver,
    readonly server: ChildProcess,
    readonly display: ChildProcess,
    readonly downloads: string,
  ) {}

  async newTab(): Promise<WebKitTab> {
    const handle = await this.inTurn(async () => {
      this.#current = '';
      if (!this.#used) return this.browser.getWindowHandle();
      // The driver opens a tab next to its current one, which may be closed.
      const [open] = await this.browser.getAllWindowHandles();
      await this.browser.switchTo().window(open ?? '');
      await this.browser.switchTo().newWindow('tab');
      return this.browser.getWindowHandle();
    });
    this.#used = true;
    const tab = new WebKitTab(this, handle);
    await tab.show();
    return tab;
  }

  /** The driver has one current tab, so commands to two tabs run one after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Runs commands in one tab. Switching to it costs a command, so it happens only if another was used last. */
  inTab<T>(handle: string, work: (browser: WebDriver) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      if (this.#current !== handle) await this.browser.switchTo().window(handle);
      this.#current = handle;
      return work(this.browser);
    });
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.browser.quit());
    await this.kill();
  }

  async kill(): Promise<void> {
    if (this.server.exitCode === null && this.server.signalCode === null) {
      process.kill(-(this.server.pid ?? 0), 'SIGKILL');
      await once(this.server, 'exit');
    }
    this.display.kill('SIGKILL');
  }
}

class WebKitTab implements DriverTab<WebElement> {
  constructor(
    readonly window: WebKit,
    readonly handle: string,
  ) {}

  #in<T>(work: (browser: WebDriver) => Promise<T>): Promise<T> {
    return this.window.inTab(this.handle, work);
  }

  navigate = (url: string) => this.#in((browser) => browser.get(url));
  reload = () => this.#in((browser) => browser.navigate().refresh());
  back = () => this.#in((browser) => browser.navigate().back());
  click = (element: WebElement) => this.#in(() => element.click());
  upload = (element: WebElement, path: string) => this.#in(() => element.sendKeys(path));
  load = (script: string) => this.#in(async (browser) => void (await browser.executeScript(script)));
  close = () => this.#in((browser) => browser.close());

  run<A extends unknown[], T>(inPage: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    const source = `return (${inPage}).apply(null, arguments)`;
    return this.#in((browser) => browser.executeScript<Awaited<T>>(source, ...args));
  }

  element<A extends unknown[]>(inPage: (...args: A) => Element | null, ...args: A) {
    const source = `return (${inPage}).apply(null, arguments)`;
    return this.#in((browser) => browser.executeScript<WebElement | null>(source, ...args));
  }

  fill = (element: WebElement, text: string) =>
    this.#in(async () => {
      await element.clear();
      await element.sendKeys(text);
    });

  press = (key: 'Escape' | 'Enter') =>
    this.#in((browser) =>
      browser
        .actions()
        .sendKeys(key === 'Enter' ? Key.ENTER : Key.ESCAPE)
        .perform(),
    );

  /** The browser brings the tab to the front whose page requests it. */
  show = () => this.load('window.webkit.messageHandlers.front.postMessage(null)');

  screenshot = () => this.#in(async (browser) => Buffer.from(await browser.takeScreenshot(), 'base64'));
}

function command(name: string): string {
  const path = findCommand(name);
  if (!path) throw new Error(`${name} is not installed.`);
  return path;
}

async function openDisplay(): Promise<{ name: string; process: ChildProcess }> {
  // Xvfb chooses a free display number and reports it on its fourth file descriptor.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1600x24', '-nolisten', 'tcp'];
  const child = spawn(command('Xvfb'), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const told = child.stdio[3];
  if (!told) throw new Error('Xvfb has no pipe to report its display number.');
  const ended = once(child, 'exit').then(() => {
    throw new Error('Xvfb ended before it was ready.');
  });
  const [number] = (await Promise.race([once(told, 'data'), ended])) as [Buffer];
  ended.catch(() => undefined);
  return { name: `:${String(number).trim()}`, process: child };
}

async function answering(url: string): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    if (Date.now() > end) throw new Error(`Nothing answers at ${url}.`);
    await delay(20);
  }
}
