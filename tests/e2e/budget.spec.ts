import { expect, offlineReady, signIn, test } from './crm';
import { firstLoad, markPainted, rowsReadBefore } from './first-load';

const kB = 1000;

test('loads at most 60 kB of script for /login', async ({ crm, browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const bytes = await firstLoad(await context.newPage(), `${crm.url}/login`, 'form button[type=submit]');
  test.info().annotations.push({ type: 'figure', description: `/login ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(30 * kB);
  expect(bytes).toBeLessThanOrEqual(60 * kB);
});

test('loads at most 110 kB of script before /contacts paints', async ({ crm, browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await signIn(await context.newPage(), crm, 'rep@example.com');
  const bytes = await firstLoad(
    await context.newPage(),
    `${crm.url}/contacts`,
    'main li a[href^="/contacts/"]',
  );
  test.info().annotations.push({ type: 'figure', description: `/contacts ${(bytes / kB).toFixed(1)} kB gz` });
  expect(bytes).toBeGreaterThan(80 * kB);
  expect(bytes).toBeLessThanOrEqual(110 * kB);
});

test('shows the contacts list offline without asking the network', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${crm.url}/contacts`);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  const painted = await page.evaluate(() => performance.now());
  test.info().annotations.push({
    type: 'figure',
    description: `contacts list offline after ${Math.round(painted)} ms`,
  });
});

for (const [path, row] of [
  ['/contacts', 'main li a[href^="/contacts/"]'],
  ['/companies', 'main li a[href^="/companies/"]'],
  ['/deals?view=list', 'main [role=row] a[href^="/deals/"]'],
  ['/tasks', 'main li[data-row]'],
  ['/', 'main li[data-row]'],
] as const)
  test(`reads no more than two screens of rows before ${path} paints`, async ({ page, crm }) => {
    await signIn(page, crm, 'rep@example.com');
    // The keys are complete when the first page has been on the screen.
    await expect
      .poll(() => page.evaluate(keysAreComplete), { message: 'the sort keys of stored rows' })
      .toBe(true);
    await markPainted(page, row);
    const rows = await rowsReadBefore(page, `${crm.url}${path}`, row);
    test.info().annotations.push({ type: 'figure', description: `${path} ${rows} rows` });
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(200);
  });

/** Whether the device has noted that every stored row has its sort key. Runs in the page. */
async function keysAreComplete(): Promise<boolean> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as DOMException);
    });
  const [{ name = '' } = {}] = await indexedDB.databases();
  const database = await answer(indexedDB.open(name));
  const kept = (await answer(database.transaction('meta').objectStore('meta').get('sort_keys'))) as
    { value: { last?: object } } | undefined;
  database.close();
  return kept !== undefined && !kept.value.last;
}
