import type { Browser, Locator, Page } from '@playwright/test';
import { addContact, expect, offlineReady, signIn, test } from './crm';

const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 820, height: 1180 },
  { width: 1180, height: 820 },
];
const insets = { top: 24, left: 44, bottom: 20, right: 44 };

/** The insets that the device reserves, as an iPad or iPhone reports them. */
async function keepEdges(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setSafeAreaInsetsOverride', { insets });
}

async function insideOf(target: Locator, { width, height }: { width: number; height: number }, name: string) {
  await target.waitFor();
  // Elements that slide in have to arrive first.
  await expect
    .poll(async () => {
      const box = await target.boundingBox();
      if (!box) return 'not there';
      const beyond = [
        box.y < insets.top && 'top',
        box.x < insets.left && 'left',
        box.y + box.height > height - insets.bottom && 'bottom',
        box.x + box.width > width - insets.right && 'right',
      ];
      return beyond.filter(Boolean).join(' and ');
    }, name)
    .toBe('');
}

test('keeps every control inside the screen at any width', async ({ browser, crm }) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({ viewport: sizes[0], hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await keepEdges(page);
  await signIn(page, crm, 'rep@example.com');
  for (const size of sizes) {
    await page.setViewportSize(size);
    const check = (target: Locator, name: string) => insideOf(target, size, `${name} at ${size.width}`);
    await page.goto(`${crm.url}/contacts`);
    await check(page.getByRole('searchbox', { name: 'Filter contacts' }), 'filter');
    await check(page.getByRole('status', { name: 'Sync status' }), 'status');
    const places = page.getByRole('navigation', { name: 'Main' }).locator('a, button');
    await check(places.first(), 'first destination');
    await places.last().scrollIntoViewIfNeeded();
    await check(places.last(), 'last destination');
    await check(page.getByRole('button', { name: 'New contact' }), 'new button');

    await page
      .getByRole('checkbox', { name: /^Select / })
      .first()
      .check({ force: true });
    await check(page.getByRole('toolbar', { name: 'Selected contacts' }), 'bar of the selection');
    await page.getByRole('button', { name: 'More options' }).click();
    await check(page.getByRole('menu'), 'menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete selected' }).click();
    const undo = page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' });
    await check(undo, 'message');
    await undo.click();

    await page.getByRole('button', { name: 'New contact' }).click();
    const sheet = page.getByRole('dialog', { name: 'New contact' });
    for (const button of ['Close', 'Cancel', 'Save'])
      await check(sheet.getByRole('button', { name: button, exact: true }), `${button} of a sheet`);
    await sheet.getByRole('button', { name: 'Cancel' }).click();

    await page.goto(`${crm.url}/deals`);
    const move = page.getByRole('region', { name: 'New lead' }).getByRole('button', { name: /^Move / });
    await move.first().click();
    await page.getByRole('menuitem', { name: 'Demo scheduled' }).click();
    await check(page.getByRole('region', { name: 'Last move' }), 'last move');
    for (const [path, target] of [
      ['/help', page.getByRole('link', { name: 'Back to the app' })],
      ['/login/invitation', page.getByText('Atomic CRM', { exact: true })],
    ] as const) {
      await page.goto(crm.url + path);
      await check(target, path);
    }
  }
  await context.close();
});

/** A page in which a tapped button does not get the focus, as in Safari. */
async function likeSafari(browser: Browser) {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  await context.addInitScript(() =>
    addEventListener('mousedown', (event) => {
      if (!(event.target as Element).closest('button, a')) return;
      event.preventDefault();
      (document.activeElement as HTMLElement | null)?.blur();
    }),
  );
  return context;
}

test('returns the focus to the tapped button on close', async ({ browser, crm }) => {
  const context = await likeSafari(browser);
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const add = page.getByRole('button', { name: 'New contact' });
  const sheet = page.getByRole('dialog', { name: 'New contact' });
  for (const leave of ['Close', 'Cancel']) {
    await add.tap();
    await expect(sheet.getByRole('textbox', { name: 'First name' })).toBeFocused();
    await sheet.getByRole('button', { name: leave, exact: true }).tap();
    await expect(add).toBeFocused();
  }

  const account = page.getByRole('button', { name: 'Account menu' });
  await account.tap();
  await expect(page.getByRole('menuitem', { name: 'Your profile' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(account).toBeFocused();
  await account.tap();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).tap();
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shortcuts).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
  await expect(account).toBeFocused();
  await context.close();
});

test('keeps a list of choices above the keyboard', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/deals?new=deal`);
  const seen = 560;
  await page.getByRole('combobox', { name: 'Principal' }).click();
  const list = page.getByRole('listbox', { name: 'Principal' });
  await expect(list).toBeVisible();
  // Safari lays the keyboard over the page, so only the visual viewport shrinks.
  await page.evaluate((height) => {
    Object.defineProperty(visualViewport, 'height', { value: height, configurable: true });
    visualViewport?.dispatchEvent(new Event('resize'));
  }, seen);
  const bottom = async (target: Locator) => {
    const box = await target.boundingBox();
    return box ? box.y + box.height : Infinity;
  };
  const sheet = page.getByRole('dialog', { name: 'New deal' });
  await expect.poll(() => bottom(sheet)).toBeLessThanOrEqual(seen);
  await page.getByRole('combobox', { name: 'Principal' }).scrollIntoViewIfNeeded();
  await expect.poll(() => bottom(list)).toBeLessThanOrEqual(seen);
  await expect(list.getByRole('option').first()).toBeInViewport();
  await context.close();
});

test('selects a contact by long press without opening it', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const row = page.getByRole('main').getByRole('listitem').first();
  await expect(row).toHaveCSS('user-select', 'none');
  const box = await row.boundingBox();
  if (!box) throw new Error('no row');
  const client = await context.newCDPSession(page);
  const at = { x: box.x + 200, y: box.y + box.height / 2 };
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await expect(row.getByRole('checkbox')).toBeChecked();
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(page.getByRole('toolbar', { name: 'Selected contacts' })).toContainText('1 selected');
  await expect(page).toHaveURL(/\/contacts$/);
  await context.close();
});

const iPad =
  'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

test('tells an iPad to sync before installing and to sign in again', async ({ browser, crm }) => {
  const context = await browser.newContext({
    viewport: { width: 820, height: 1180 },
    hasTouch: true,
    userAgent: iPad,
  });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.route('**/rpc/sync_push', (route) => route.abort());
  await addContact(page, crm.url, 'Unsent');
  await page.goto(`${crm.url}/settings`);
  const care = page.getByRole('region', { name: 'Keep your records on this device' });
  await expect(care).toContainText('seven days');
  await expect(care.getByRole('status')).toHaveText('1 change has not been sent yet.');
  await expect(care).toContainText('Add to Home Screen');
  await expect(care.getByRole('listitem').last()).toContainText('sign in again');
  const tried = page.waitForRequest('**/rpc/sync_push');
  await care.getByRole('button', { name: 'Sync now' }).click();
  await tried;
  await page.unroute('**/rpc/sync_push');
  await expect(care.getByRole('status')).toHaveText('All changes are sent.', { timeout: 60_000 });
  await context.close();
});

/** An app on the home screen of an iPad, where the first share of a file comes too late after its tap. */
function onHomeScreen() {
  const facts = { standalone: true, maxTouchPoints: 5, canShare: () => true };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(navigator, name, { value });
  const shared: string[] = [];
  let late = true;
  Object.assign(window, { shared });
  Object.defineProperty(navigator, 'share', {
    value: async ({ files }: ShareData) => {
      if (late) throw new DOMException('', ((late = false), 'NotAllowedError'));
      late = true;
      shared.push(files?.[0]?.name ?? '');
    },
  });
}

test('shares files from the home screen and never downloads them', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  await context.addInitScript(onHomeScreen);
  const page = await context.newPage();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  const shared = () => page.evaluate(() => (window as unknown as { shared: string[] }).shared);
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  await addContact(page, crm.url, 'Unsent');
  await page.goto(`${crm.url}/contacts`);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const ready = page.getByRole('dialog', { name: 'Your file is ready' });
  await expect(ready).toContainText(/contacts-\d{4}-\d\d-\d\d\.csv/);
  await ready.getByRole('button', { name: 'Share file' }).click();
  await expect.poll(shared).toEqual([expect.stringMatching(/^contacts-.*\.csv$/)]);
  await expect(ready).toBeHidden();

  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const leaving = page.getByRole('dialog', { name: "Some of your work hasn't been sent yet" });
  await leaving.getByRole('button', { name: 'Export as file' }).click();
  await ready.getByRole('button', { name: 'Share file' }).click();
  await expect.poll(shared).toHaveLength(2);
  await expect(leaving).toBeVisible();
  expect(downloads).toBe(0);
  await context.close();
});

test('explains a missing badge when notifications are blocked', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'vendor', { value: 'Apple Computer, Inc.' });
    Object.assign(navigator, { setAppBadge: async () => undefined, clearAppBadge: async () => undefined });
    const requestPermission = async () => 'denied';
    Object.assign(window, { Notification: { permission: 'default', requestPermission } });
  });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/settings`);
  const choice = page.getByRole('checkbox', { name: 'Show the number of unsent changes on the app icon' });
  await expect(choice).not.toBeChecked();
  await choice.click();
  await expect(page.getByText('does not allow notifications from Atomic CRM')).toBeVisible();
  await expect(choice).not.toBeChecked();
  await context.close();
});
