import type { Page } from '@playwright/test';
import { scriptWith } from './app-files';
import { Releases } from './releases';
import { expect, signIn, syncStatus, test } from './crm';

// Files that the service worker has stored cannot be lost.
test.use({ serviceWorkers: 'block' });

/** The script for the sign-in service, which every sign-in and every sync needs. */
const client = scriptWith('GoTrueClient');

/** The page loads so far, beginning with this one. */
function countLoads(page: Page): () => number {
  let loads = 1;
  page.on('load', () => (loads += 1));
  return () => loads;
}

test('signs in again after a blip without a reload', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await page.goto(`${app.url}/login`);
    await page.getByRole('button', { name: 'Use rep@example.com' }).click();
    app.disturb = () => 'cut';
    const signInButton = page.getByRole('button', { name: 'Sign in', exact: true });
    await signInButton.click();
    const problem = page.getByRole('alert');
    await expect(problem).toContainText('Check your connection, then reload this page.');
    await expect(problem).not.toContainText(/http|module/);
    await problem.getByRole('button', { name: 'Reload' }).click();
    await expect(problem).toContainText('Still no connection');
    app.disturb = () => undefined;
    const loads = countLoads(page);
    await signInButton.click();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    expect(loads()).toBe(1);
  } finally {
    await app.close();
  }
});

test('explains a deploy on the sign-in page and recovers by Reload', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await page.goto(`${app.url}/login`);
    await page.getByRole('button', { name: 'Use rep@example.com' }).click();
    app.release();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await expect(problem).toHaveText(
      /A part of the app could not be loaded. Check your connection, then reload this page.\s*Reload/,
    );
    const reloaded = page.waitForEvent('load');
    await problem.getByRole('button', { name: 'Reload' }).click();
    await reloaded;
    await signIn(page, app, 'rep@example.com');
  } finally {
    await app.close();
  }
});

test('says Offline until the sync code loads', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    // The browser has nothing of a new release yet. The network is cut when the page is loaded and its sync code is
    // not.
    app.release();
    app.disturb = (path) => (path.endsWith(client) || path === '/favicon.svg' ? 'cut' : undefined);
    await page.goto(`${app.url}/sync`);
    const loads = countLoads(page);
    await expect(syncStatus(page)).toHaveText('Offline');
    await expect(page.getByRole('region', { name: 'Last sync' })).toContainText('code_missing');
    app.disturb = () => undefined;
    await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 45_000 });
    expect(loads()).toBe(1);
  } finally {
    await app.close();
  }
});

test('reloads once for missing sync code, then asks', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    app.release();
    app.disturb = (path) => (path.endsWith(client) ? 'cut' : undefined);
    await page.goto(`${app.url}/tasks`);
    const loads = countLoads(page);
    await expect.poll(loads, { timeout: 45_000 }).toBe(2);
    const problem = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await expect(problem).toBeVisible({ timeout: 45_000 });
    await expect(syncStatus(page)).toHaveText('Offline');
    app.disturb = () => undefined;
    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    expect(loads()).toBe(3);
  } finally {
    await app.close();
  }
});

test('does not reload a page with typed text for missing code', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    app.release();
    app.disturb = (path) => (path.endsWith(client) || path === '/favicon.svg' ? 'cut' : undefined);
    await page.goto(`${app.url}/settings`);
    const loads = countLoads(page);
    await page.getByRole('textbox', { name: 'Full name' }).fill('Robin Reed the second');
    app.disturb = (path) => (path.endsWith(client) ? 'cut' : undefined);
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Robin Reed the second');
    expect(loads()).toBe(1);
  } finally {
    await app.close();
  }
});

test('explains that search cannot start, then starts it by itself', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    app.disturb = (path) => (path.includes('search.worker') ? 'cut' : undefined);
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.fill('a');
    const said = page.getByRole('search').getByText('Search could not start yet');
    await expect(said).toBeVisible();
    app.disturb = () => undefined;
    await expect(page.getByRole('option').first()).toBeVisible({ timeout: 45_000 });
    await expect(said).toBeHidden();
  } finally {
    await app.close();
  }
});

test('loads failed notices and shortcuts when the network is back', async ({ page, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    app.release();
    const notices = scriptWith('A new version is ready. Your saved work');
    let lost = 0;
    app.disturb = (path) => {
      if (path.endsWith(notices)) lost += 1;
      return path.endsWith(notices) || path === '/favicon.svg' ? 'cut' : undefined;
    };
    await page.goto(`${app.url}/contacts`);
    await expect.poll(() => lost).toBeGreaterThan(0);
    app.disturb = () => undefined;
    await expect(async () => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 45_000 });
  } finally {
    await app.close();
  }
});
