import type { Page } from '@playwright/test';
import type { Crm, LogEntry } from './running-crm';
import type { SlowLine } from './slow-line';

const name = 'Slowline';

/** A file with this many contacts that exist nowhere else. */
export const csvOf = (rows: number): string =>
  [
    'First name,Last name,Email,Title',
    ...Array.from(
      { length: rows },
      (_, each) => `Nora${each},${name},nora${each}@example.com,Buyer of section ${each}`,
    ),
  ].join('\n');

/** Imports this many contacts. The connection becomes slow before the first is sent. */
export async function importOver(page: Page, line: SlowLine, rows: number): Promise<void> {
  await page.goto(`${line.url}/import`);
  const file = page.getByLabel('CSV file');
  await file.waitFor({ state: 'attached' });
  line.bitsPerSecond = 100_000;
  await file.setInputFiles({ name: 'slow.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(rows)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const wide = rows.toLocaleString('en-US');
  await page.getByText(new RegExp(`Imported (${rows}|${wide}), skipped 0`)).waitFor({ timeout: 120_000 });
}

/** The number of imported contacts on the server, and of log entries about their creation. */
export async function counted(crm: Crm): Promise<{ contacts: number; logged: number }> {
  const all = await crm.rows<{ id: string; last_name: string }>('rep@example.com', 'contacts');
  const ids = new Set(all.filter(({ last_name }) => last_name === name).map(({ id }) => id));
  let logged = 0;
  for (let before: string | null = null; ;) {
    const page: LogPage = await crm.rpc('admin@example.com', 'activity_log', {
      limit: 500,
      entity_type: 'contacts',
      action: 'create',
      before,
    });
    logged += page.entries.filter(({ entity_id }) => entity_id && ids.has(entity_id)).length;
    before = page.before;
    if (!before) return { contacts: ids.size, logged };
  }
}

interface LogPage {
  entries: LogEntry[];
  before: string | null;
}
