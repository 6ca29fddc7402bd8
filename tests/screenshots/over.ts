import type { Page } from '@playwright/test';
import { sent, synced } from './app';
import { long } from './plant';

type Keep = (page: Page, name: string) => Promise<void>;

/** States that open on top of a page or inside it: menus, sheets, messages, editors, and forms with errors. */
export async function shootOver(page: Page, url: string, keep: Keep): Promise<void> {
  await shootSelection(page, url, keep);
  await shootContact(page, url, keep);
  await shootDeal(page, url, keep);
  await shootForms(page, url, keep);
  await shootImport(page, url, keep);
}

const dialog = (page: Page) => page.getByRole('dialog');

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
}

async function shootSelection(page: Page, url: string, keep: Keep): Promise<void> {
  await page.goto(`${url}/contacts`);
  await synced(page);
  await page.keyboard.press('?');
  await dialog(page).waitFor();
  await keep(page, '_shortcuts');
  await closed(page);
  const list = page.getByRole('group', { name: 'Contacts', exact: true });
  for (const nth of [0, 1]) await list.getByRole('checkbox').nth(nth).check({ force: true });
  await page.getByRole('toolbar').waitFor();
  await keep(page, '_selection');
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await dialog(page).waitFor();
  await keep(page, '_selection_tag');
  await closed(page);
  await page.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menu').waitFor();
  await keep(page, '_selection_menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete selected' }).click();
  const undo = page.getByRole('button', { name: 'Undo' }).last();
  await undo.waitFor();
  await keep(page, '_message');
  // A half-finished action would be missing from the next screenshot.
  await sent(page, '"restore"', () => undo.click());
}

async function shootContact(page: Page, url: string, keep: Keep): Promise<void> {
  await page.goto(`${url}/contacts/${long.contact}`);
  await synced(page);
  await page.getByRole('button', { name: 'Change tags' }).click();
  await page.getByRole('textbox', { name: 'Tags' }).waitFor();
  await keep(page, '_contact_change');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menu').waitFor();
  await keep(page, '_contact_menu');
  await page.getByRole('menuitem', { name: 'Merge with…' }).click();
  await dialog(page).waitFor();
  await keep(page, '_contact_merge');
  await closed(page);
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Asked for the winter price list.');
  await keep(page, '_contact_note');
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('list', { name: 'History' }).waitFor();
  await keep(page, '_contact_history');
}

async function shootDeal(page: Page, url: string, keep: Keep): Promise<void> {
  await page.goto(`${url}/deals`);
  await synced(page);
  await page
    .getByRole('button', { name: /^Move / })
    .first()
    .click();
  await page.getByRole('menu').waitFor();
  await keep(page, '_deal_move');
  await page.keyboard.press('Escape');
}

async function shootForms(page: Page, url: string, keep: Keep): Promise<void> {
  await page.goto(`${url}/contacts?new=contact`);
  await dialog(page).waitFor();
  await page.getByRole('textbox', { name: 'Email' }).first().fill('x');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog(page).locator('[aria-invalid="true"]').first().waitFor();
  await keep(page, '_form_wrong');
  await closed(page);
}

async function shootImport(page: Page, url: string, keep: Keep): Promise<void> {
  const text = 'First name,Last name,Email,Shoe size\nIda,Vik,ida.vik@example.com,41\nOla,Berg,nope,43\n';
  await page.goto(`${url}/import`);
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const start = page.getByRole('button', { name: 'Import', exact: true });
  await start.waitFor();
  await keep(page, '_import_columns');
  await start.click();
  await page.getByText(/^Imported/).waitFor();
  await keep(page, '_import_done');
  // The next screenshot starts with the records of this one.
  await sent(page, '"delete"', () => page.getByRole('button', { name: 'Undo import' }).click());
}
