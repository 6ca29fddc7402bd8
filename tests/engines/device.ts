import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { Crm } from '../e2e/running-crm';
import { Browser } from './browser';
import type { Engine } from './installed';

/** The device of one test: a browser whose storage survives closing and killing. */
export class Device {
  readonly folder = mkdtempSync(join(tmpdir(), 'atomic-crm-engine-'));
  #browser: Browser | undefined;

  constructor(readonly engine: Engine) {
    onTestFinished(async () => {
      await this.#browser?.kill();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    });
  }

  /** Opens the browser with its stored data. */
  async open(): Promise<Browser> {
    this.#browser = await Browser.open(this.engine, this.folder);
    return this.#browser;
  }
}

/** A server with the demo data for all tests of one `describe`. */
export function oneServer(): Crm {
  const crm = new Crm(process.env.ATOMIC_CRM_TEMPLATE ?? '');
  beforeAll(() => crm.start());
  afterAll(() => crm.end());
  return crm;
}
