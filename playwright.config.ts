import { defineConfig } from '@playwright/test';
import { ensureBrowser } from './tests/e2e/browser';

const root = process.platform === 'linux' && process.getuid?.() === 0;

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  globalSetup: './tests/e2e/setup.ts',
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...ensureBrowser(),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        // Without a graphics card, the browser emulates one on the processor that the tests share.
        '--disable-gpu',
        ...(root ? ['--no-sandbox'] : []),
      ],
    },
    viewport: { width: 820, height: 1180 },
    // A video of each test would take a tenth of its time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
});
