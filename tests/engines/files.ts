import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rep, status } from './app';
import type { Scene } from './scene';

const sample = resolve('tests/fixtures/google-contacts.csv');

export function files(scene: Scene): void {
  test('imports and exports a CSV file, logging each once', async () => {
    const { crm, gate } = scene;
    const { browser, tab } = await scene.signedIn();
    const people = () => crm.rows<{ last_name: string }>(rep, 'contacts');
    const before = (await people()).length;
    await tab.go(`${gate.url}/import`);
    await tab.label('CSV file').upload(sample);
    await tab.role('button', 'Import').click();
    await tab.role('main').with('Imported ').shown();
    expect(await tab.role('main').text()).toContain('Imported 6, skipped 0');
    await status(tab, /^Synced/);
    const after = await people();
    // One of the six is a company without a person.
    expect(after).toHaveLength(before + 5);
    expect(after.filter(({ last_name }) => last_name === 'Ångström')).toHaveLength(1);

    await tab.go(`${gate.url}/reports`);
    await tab.role('button', 'Export CSV').click();
    const exported = () => readdirSync(browser.downloads).filter((name) => name.endsWith('.csv'));
    await expect.poll(exported, { timeout: 15_000 }).toHaveLength(1);
    const [name] = exported();
    await expect
      .poll(() => readFileSync(join(browser.downloads, name ?? ''), 'utf8'))
      .toContain('Report,Item,Count,Currency,Total');
    await status(tab, /^Synced/);
    for (const action of ['import', 'export']) expect(await crm.log({ action }), action).toHaveLength(1);
  });
}
