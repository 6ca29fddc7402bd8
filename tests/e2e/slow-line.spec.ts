import { expect, offlineReady, signIn, syncStatus, test } from './crm';
import { counted, importOver } from './slow-import';
import { cutEvery, SlowLine } from './slow-line';
import { Pulls } from './slow-pulls';

// A tenth of the full sizes, which `npm run bench -- line` measures.
const rows = 300;

for (const [how, cutAfter] of [
  ['that is never cut', undefined],
  ['that is cut every eight seconds', 8_000],
] as const)
  test(`imports exactly once over 100 kbit/s, on a line ${how}`, async ({ page, crm }) => {
    test.setTimeout(480_000);
    const line = await SlowLine.to(crm.port);
    let stopCutting = () => 0;
    try {
      await signIn(page, line, 'rep@example.com');
      await offlineReady(page);
      if (cutAfter) stopCutting = cutEvery(line, cutAfter);
      await importOver(page, line, rows);
      await expect(syncStatus(page)).toHaveText('Synced', { timeout: 180_000 });
      if (cutAfter) expect(stopCutting()).toBeGreaterThan(2);
      expect(await counted(crm)).toEqual({ contacts: rows, logged: rows });
    } finally {
      stopCutting();
      await line.close();
    }
  });

test('repeats only the cut page of a slow first sync', async ({ page, crm }) => {
  test.setTimeout(480_000);
  const line = await SlowLine.to(crm.port);
  const pulls = new Pulls(page);
  let stopCutting = () => 0;
  try {
    await page.goto(`${line.url}/login`);
    await offlineReady(page);
    await page.getByRole('button', { name: 'Use rep@example.com' }).click();
    line.bitsPerSecond = 300_000;
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).not.toHaveURL(/login/, { timeout: 60_000 });
    stopCutting = cutEvery(line, 5_000);
    await expect(syncStatus(page)).toHaveText('Synced', { timeout: 180_000 });
    const cuts = stopCutting();
    expect(cuts).toBeGreaterThan(2);
    expect(pulls.again).toBeLessThanOrEqual(cuts);
    expect(pulls.twice).toBe(0);
    expect(pulls.rows).toBeGreaterThan(1_000);
  } finally {
    stopCutting();
    await line.close();
  }
});
