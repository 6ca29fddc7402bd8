import { afterAll, afterEach, beforeAll, onTestFinished } from 'vitest';
import { Crm } from '../e2e/running-crm';
import { offlineReady, rep, signIn, status } from './app';
import type { Browser } from './browser';
import { Device } from './device';
import { Gate } from './gate';
import type { Engine } from './installed';
import type { Tab } from './tab';

/**
 * The things that all tests of one engine share: a server with the demo data, a gate before it whose address stays the
 * same, and the stored data of a device on which the rep has signed in and closed the browser. A test starts with a copy of that
 * data, because a sign-in and a first sync take longer than most tests.
 */
export class Scene {
  readonly crm = new Crm(process.env.ATOMIC_CRM_TEMPLATE ?? '');
  readonly gate = new Gate(this.crm);
  readonly #signedIn: Device;

  constructor(readonly engine: Engine) {
    this.#signedIn = new Device(engine);
    beforeAll(async () => {
      await this.crm.start();
      await this.gate.listen();
      const browser = await this.#signedIn.open();
      await signIn(browser.tab, this.gate, rep);
      await offlineReady(browser.tab);
      await browser.close();
    }, 180_000);
    afterEach(() => this.gate.reset());
    afterAll(async () => {
      await this.#signedIn.discard();
      await this.gate.close();
      await this.crm.end();
    });
  }

  /** A device without any data, for one test. */
  newDevice = () => forOneTest(new Device(this.engine));

  /** A device on which the rep has signed in earlier, for one test. The gate is its way to the server. */
  async signedIn(): Promise<{ device: Device; browser: Browser; tab: Tab }> {
    const device = forOneTest(this.#signedIn.copy());
    const browser = await device.open();
    const { tab } = browser;
    await tab.go(`${this.gate.url}/contacts`);
    await status(tab, /^Synced/);
    await offlineReady(tab);
    return { device, browser, tab };
  }
}

function forOneTest(device: Device): Device {
  onTestFinished(() => device.discard());
  return device;
}
