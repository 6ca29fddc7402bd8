import type { CDPSession, Page } from '@playwright/test';
import { expect, offlineReady, signIn, syncStatus, test } from './crm';

interface Deal {
  id: string;
  name: string;
  stage: string;
  position: string;
  contact_ids: string[];
  company_id: string | null;
  archived_at: string | null;
  lost_reason: string | null;
  stage_changes: { from: string; to: string }[];
}

const column = (page: Page, stage: string) => page.getByRole('region', { name: stage, exact: true });
const cards = (page: Page, stage: string) => column(page, stage).locator('[data-deal] a').allTextContents();

async function goOffline(page: Page, url: string, path: string) {
  await offlineReady(page);
  await page.goto(url + path);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await page.context().setOffline(true);
}

test('creates, moves, loses, copies and archives deals offline', async ({ page, context, crm }) => {
  test.setTimeout(480_000);
  await signIn(page, crm, 'manager@example.com');
  await goOffline(page, crm.url, '/deals');
  await page.getByRole('button', { name: 'New deal' }).click();
  await page.getByRole('textbox', { name: 'Deal name' }).fill('Nori program');
  await page.getByRole('textbox', { name: 'Amount' }).fill('1,200.50');
  await page.getByRole('combobox', { name: 'Company' }).fill('Umi Bar');
  await page.getByRole('option', { name: /Create/ }).click();
  await page.getByRole('combobox', { name: 'Contacts' }).fill('Hana Mori');
  await page.getByRole('option', { name: /Create/ }).click();
  await page.getByRole('textbox', { name: 'Phone for Hana Mori' }).fill('044 111 22 33');
  await page.getByRole('dialog').getByText('More', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Source' }).fill('Spring fair');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nori program' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Call', exact: true })).toHaveAttribute(
    'href',
    'tel:0441112233',
  );
  const id = page.url().split('/').pop() ?? '';

  // With the keyboard alone: the menu opens, a stage is chosen, and the form asks for the reason without blocking.
  await page.getByRole('button', { name: 'Move Nori program' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Why was it lost?' }).fill('Too dear');
  await page.getByRole('button', { name: 'Save reason', exact: true }).click();
  const told = page.getByRole('list', { name: 'Timeline' });
  await expect(told).toContainText('New lead');
  await expect(told).toContainText('Closed lost');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Make a copy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nori program (copy)' })).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByText('This deal is archived')).toBeVisible();

  // The form suggests values that were entered before.
  await page.goto(`${crm.url}/deals?new=deal`);
  await page.getByRole('dialog').getByText('More', { exact: true }).click();
  await expect(page.getByRole('dialog').locator('option[value="Spring fair"]')).toHaveCount(1);

  await page.goto(`${crm.url}/deals?view=list&sort=name`);
  const rows = page.getByRole('table', { name: 'Deals' }).getByRole('row');
  await expect(rows.getByRole('link').first()).toBeVisible();
  const names = (await rows.getByRole('link').allTextContents()).slice(0, 2);
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Stage', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Demo scheduled' }).click();
  await expect(page.getByText(/deals? moved to Demo scheduled/)).toBeVisible();
  await page.getByRole('button', { name: 'Recent wins' }).click();
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'View name' }).fill('Wins');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Wins', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const views = await crm.rows('manager@example.com', 'saved_views');
  expect(views).toContainEqual(expect.objectContaining({ entity: 'deals', name: 'Wins' }));
  const deals = await crm.rows<Deal>('admin@example.com', 'deals');
  const lost = deals.find((deal) => deal.id === id);
  expect(lost).toMatchObject({
    stage: 'closed_lost',
    lost_reason: 'Too dear',
    stage_changes: [{ from: 'new_lead', to: 'closed_lost' }],
  });
  const people = await crm.rows<{ id: string; last_name: string; company_id: string }>(
    'admin@example.com',
    'contacts',
  );
  const hana = people.find((person) => person.id === lost?.contact_ids[0]);
  expect(hana).toMatchObject({ last_name: 'Mori', company_id: lost?.company_id });
  expect(deals.find((deal) => deal.name === 'Nori program (copy)')).toMatchObject({
    stage: 'new_lead',
    archived_at: expect.any(String),
  });
  for (const name of names)
    expect(deals.filter((deal) => deal.name === name).map(({ stage }) => stage)).toEqual(['demo_scheduled']);
});

/** A touch: the finger goes down, moves along the points once the expected element is there, and goes up. */
async function touch(
  client: CDPSession,
  points: { x: number; y: number }[],
  down: () => Promise<unknown> = async () => undefined,
) {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
  await send('touchStart', points[0]);
  await down();
  for (const point of points.slice(1)) await send('touchMove', point);
  await send('touchEnd');
}

/** The listeners for a moving finger on the board. */
async function touchmoveListeners(client: CDPSession) {
  const { result } = await client.send('Runtime.evaluate', {
    expression: 'document.querySelector(".board")',
  });
  const { listeners } = await client.send('DOMDebugger.getEventListeners', {
    objectId: result.objectId ?? '',
  });
  return listeners.map(({ type, passive }) => ({ type, passive })).filter(({ type }) => type === 'touchmove');
}

test('scrolls the board by touch, and drags cards by long press or mouse', async ({ browser, crm }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/deals`);
  const first = column(page, 'New lead').locator('[data-deal]').first();
  const name = (await first.getByRole('link').textContent()) ?? '';
  await expect(first).toBeVisible();
  const box = await first.boundingBox();
  if (!box) throw new Error('no card');
  const client = await context.newCDPSession(page);
  const at = { x: box.x + 60, y: box.y + 20 };
  const along = (x: number, y: number) =>
    [0.25, 0.5, 0.75, 1].map((part) => ({ x: at.x + (x - at.x) * part, y: at.y + (y - at.y) * part }));

  const scrolled = () =>
    column(page, 'New lead')
      .locator('[data-cards]')
      .evaluate((list) => list.scrollTop);
  const swipe = (from: number, to: number) =>
    touch(
      client,
      Array.from({ length: 12 }, (_, step) => ({ x: at.x, y: from + ((to - from) * step) / 11 })),
    );
  await swipe(at.y + 400, at.y);
  await expect.poll(scrolled).toBeGreaterThan(200);
  await swipe(at.y, at.y + 900);
  await expect.poll(scrolled).toBe(0);
  await expect(page.locator('[data-lifted]')).toHaveCount(0);
  expect(await cards(page, 'New lead').then(([top]) => top)).toBe(name);

  const target = await column(page, 'Initial outreach').locator('[data-deal]').first().boundingBox();
  if (!target) throw new Error('no card to drop at');
  // Safari respects only a listener that existed before the finger went down.
  expect(await touchmoveListeners(client)).toContainEqual({ type: 'touchmove', passive: false });
  await touch(client, [at, ...along(target.x + 40, target.y + 4)], () =>
    expect(page.locator('[data-lifted]')).toBeVisible(),
  );
  expect(await scrolled()).toBe(0);
  expect(await page.locator('.board').evaluate((board) => board.scrollLeft)).toBe(0);
  await expect.poll(() => cards(page, 'Initial outreach').then(([top]) => top)).toBe(name);

  const order = await cards(page, 'Initial outreach');
  const second = await column(page, 'Initial outreach').locator('[data-deal]').nth(1).boundingBox();
  const card = await column(page, 'Initial outreach').locator('[data-deal]').first().boundingBox();
  if (!second || !card) throw new Error('no cards');
  await page.mouse.move(card.x + 60, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(second.x + 60, second.y + second.height - 10, { steps: 6 });
  await page.mouse.move(second.x + 60, second.y + second.height - 4, { steps: 6 });
  await page.mouse.up();
  await expect
    .poll(() => cards(page, 'Initial outreach').then((all) => all.slice(0, 2)))
    .toEqual([order[1], name]);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.close();
});

test('keeps both moves to one place, in one order everywhere', async ({ browser, crm }) => {
  const devices = await Promise.all([browser.newContext(), browser.newContext()]);
  const pages = await Promise.all(devices.map((device) => device.newPage()));
  const moved: string[] = [];
  for (const [index, page] of pages.entries()) {
    await signIn(page, crm, index ? 'rep2@example.com' : 'rep@example.com');
    await goOffline(page, crm.url, '/deals');
  }
  for (const [index, page] of pages.entries()) {
    await expect(column(page, 'New lead').locator('[data-deal]').first()).toBeVisible();
    const name = (await cards(page, 'New lead'))[index] ?? '';
    moved.push(name);
    await page.getByRole('button', { name: `Move ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Demo scheduled' }).click();
    await expect.poll(() => cards(page, 'Demo scheduled').then(([top]) => top)).toBe(name);
  }
  for (const page of pages) {
    await page.context().setOffline(false);
    await expect(syncStatus(page)).toHaveText(/^Synced/);
  }
  await pages[0]?.reload();
  const orders = [];
  for (const page of pages) {
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    await expect
      .poll(() => cards(page, 'Demo scheduled').then((all) => all.slice(0, 2).sort()))
      .toEqual([...moved].sort());
    orders.push(await cards(page, 'Demo scheduled'));
  }
  expect(orders[0]).toEqual(orders[1]);
  await Promise.all(devices.map((device) => device.close()));
});
