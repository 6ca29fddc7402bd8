import { chromium, type BrowserContext } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../e2e/browser';

const root = process.platform === 'linux' && process.getuid?.() === 0;

export interface DiskBrowser {
  context: BrowserContext;
  /** Stops the browser and starts it again with the same disk. */
  restart(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Headless Chromium with a profile on disk: a private window would keep its IndexedDB in memory, unlike any real
 * device.
 */
export async function startBrowser(
  options: { args?: string[]; viewport?: { width: number; height: number } } = {},
): Promise<DiskBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'atomic-crm-bench-browser-'));
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      ...ensureBrowser(),
      viewport: options.viewport ?? { width: 820, height: 1180 },
      args: [
        '--enable-precise-memory-info',
        '--disable-background-networking',
        '--disable-component-update',
        ...(root ? ['--no-sandbox'] : []),
        ...(options.args ?? []),
      ],
    });
  const browser: DiskBrowser = {
    context: await launch(),
    async restart() {
      await browser.context.close();
      return (browser.context = await launch());
    },
    async close() {
      await browser.context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
  return browser;
}
