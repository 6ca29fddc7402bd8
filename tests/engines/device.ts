import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from './browser';
import type { Engine } from './installed';

/** A device: a browser whose storage survives closing and killing. */
export class Device {
  readonly folder = mkdtempSync(join(tmpdir(), 'atomic-crm-engine-'));
  #browser: Browser | undefined;

  constructor(readonly engine: Engine) {}

  /** Opens the browser with its stored data. */
  async open(): Promise<Browser> {
    this.#browser = await Browser.open(this.engine, this.folder);
    return this.#browser;
  }

  /** Another device with the same stored data. The browser must be closed. */
  copy(): Device {
    const copy = new Device(this.engine);
    cpSync(this.folder, copy.folder, { recursive: true });
    return copy;
  }

  /** Kills the browser and deletes the data. */
  async discard(): Promise<void> {
    await this.#browser?.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
