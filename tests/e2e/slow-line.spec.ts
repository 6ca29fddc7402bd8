import { expect, offlineReady, signIn, syncStatus, test, type Crm } from './crm';
import { cutEvery, SlowLine } from './slow-line';
import { Pulls } from './slow-pulls';

// A tenth of the full sizes, which `npm run bench -- line` measures.
const rows = 300;
const csv = ['First name,Last name,Email,Title']
  .concat(
    Array.from(
      { length: rows },
      (_, each) => `Nora${each},Slowline,nora${each}@example.com,Buyer of section ${each}`,
    ),
  )
  .join('\n');

/** How often each imported contact is on the server, and how often its making is in the log. */
async function counted(crm: Crm): Promise<{ contacts: number; logged: number }> {
  const all = await crm.rows<{ id: string; last_name: string }>('rep@example.com', 'contacts');
  const mine = all.filter(({ last_name }) => last_name === 'Slowline');
  const log = await crm.log({ entity_type: 'contacts', action: 'create' });
  const ids = new Set(mine.map(({ id }) => id));
  return {
    contacts: mine.length,
    logged: log.filter(({ entity_id }) => entity_id && ids.has(entity_id)).length,
  };
}

for (const [how, cutAfter] of [
  ['that is never cut', undefined],
  ['that is cut every eight seconds', 8_000],
] as const)
  test(`an import over 100 kbit/s, on a line ${how}, arrives exactly once`, async ({ page, crm }) => {
    test.setTimeout(240_000);
    const line = await SlowLine.to(crm.port);
    let stopCutting = () => 0;
    try {
      await signIn(page, line, 'rep@example.com');
      await offlineReady(page);
      await page.goto(`${line.url}/import`);
      line.bitsPerSecond = 100_000;
      if (cutAfter) stopCutting = cutEvery(line, cutAfter);
      await page.getByLabel('CSV file').setInputFiles({
        name: 'slow.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(csv),
      });
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await expect(page.getByText(`Imported ${rows}, skipped 0`)).toBeVisible({ timeout: 60_000 });
      await expect(syncStatus(page)).toHaveText('Synced', { timeout: 180_000 });
      if (cutAfter) expect(stopCutting()).toBeGreaterThan(2);
      expect(await counted(crm)).toEqual({ contacts: rows, logged: rows });
    } finally {
      stopCutting();
      await line.close();
    }
  });

test('a first sync over 300 kbit/s asks again only for the page that a cut took', async ({ page, crm }) => {
  test.setTimeout(240_000);
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
