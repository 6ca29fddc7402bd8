import { isToStore, Releases } from './releases';
import { expect, offlineReady, signIn, test } from './crm';
import type { Page } from '@playwright/test';

const offlineUse = (page: Page) => page.getByRole('status', { name: 'Offline use' });

/** The faults while the app stores itself for the first time. */
const troubles = {
  'a cut line': (path: string) => (path.startsWith('/_app/immutable/nodes/') ? 'cut' : undefined),
  'the page of the release before': (path: string) => (path === '/' ? 'page before' : undefined),
  'a page in the place of a file': (path: string) =>
    path.startsWith('/_app/immutable') && path.includes('/nodes/') ? 'page' : undefined,
} as const;

for (const [name, trouble] of Object.entries(troubles))
  test(`repeats a first installation after ${name} until it works offline`, async ({
    page,
    context,
    crm,
  }) => {
    const app = await Releases.before(crm.port);
    try {
      if (name !== 'a cut line') app.release();
      app.disturb = (path, request) => (isToStore(request) ? trouble(path) : undefined);
      await signIn(page, app, 'rep@example.com');
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect(offlineUse(page)).toHaveText(
        /^Not ready for offline use yet: the download did not finish/,
      );
      app.disturb = () => undefined;
      await expect(offlineUse(page)).toHaveText('This device can work offline.', { timeout: 60_000 });
      await offlineReady(page);
      await context.setOffline(true);
      await page.goto(`${app.url}/contacts`);
      await expect(page.getByRole('main').locator('a[href^="/contacts/"]').first()).toBeVisible();
    } finally {
      await app.close();
    }
  });

test('offers a new version only when it is complete', async ({ page, context, crm }) => {
  const app = await Releases.before(crm.port);
  try {
    await signIn(page, app, 'rep@example.com');
    await offlineReady(page);
    app.release();
    let stale = 0;
    app.disturb = (path, request) => {
      if (path !== '/' || !isToStore(request)) return undefined;
      stale += 1;
      return 'page before';
    };
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const update = page.getByRole('button', { name: 'Update now' });
    // The second attempt has failed as well.
    await expect.poll(() => stale, { timeout: 60_000 }).toBeGreaterThan(1);
    await expect(update).toBeHidden();
    app.disturb = () => undefined;
    await expect(update).toBeVisible({ timeout: 60_000 });
    const reloaded = page.waitForEvent('load');
    await update.click();
    await reloaded;
    await context.setOffline(true);
    await page.goto(`${app.url}/tasks`);
    await expect(page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible();
  } finally {
    await app.close();
  }
});
