import type { Locator, Page } from '@playwright/test';
import { expect, signIn, test, type Crm } from './crm';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A person's finger that counts its taps. */
class Finger {
  taps = 0;
  async tap(target: Locator): Promise<void> {
    await target.tap();
    this.taps += 1;
  }
}

async function timed(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const cost = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  test.info().annotations.push({ type: 'figure', description: `${name}: ${cost}, ${seconds} s` });
}

/** A contact with a unique phone number, and the address of its page. */
async function newContact(page: Page, crm: Crm): Promise<string> {
  await page.goto(`${crm.url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Ines');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Quintero');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('+1 360 555 9481');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ines Quintero');
  return page.url();
}

test('needs no more taps and keys than promised for daily tasks', async ({ browser, crm }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signIn(page, crm, 'rep@example.com');
  const contact = await newContact(page, crm);

  await timed('log a call', async () => {
    const finger = new Finger();
    await finger.tap(page.getByText('Call', { exact: true }).and(page.locator('label')));
    await finger.tap(page.getByRole('textbox', { name: 'Add a note' }));
    await page.keyboard.insertText('Wants a sample on Friday.');
    await finger.tap(page.getByRole('button', { name: 'Save note' }));
    await expect(page.getByText('Wants a sample on Friday.')).toBeVisible();
    expect(finger.taps).toBeLessThanOrEqual(3);
    return `${finger.taps} taps`;
  });

  await timed('add a follow-up', async () => {
    const finger = new Finger();
    await finger.tap(page.getByRole('button', { name: 'Task', exact: true }));
    await page.keyboard.insertText('Bring the sample');
    await finger.tap(page.getByRole('button', { name: 'Add task' }));
    await expect(page.getByRole('checkbox', { name: 'Bring the sample' })).toBeVisible();
    expect(finger.taps).toBeLessThanOrEqual(3);
    return `${finger.taps} taps`;
  });

  await page.goto(`${crm.url}/deals`);
  const move = page.getByRole('button', { name: /^Move / }).first();
  await expect(move).toBeVisible();
  const name = ((await move.getAttribute('aria-label')) ?? '').replace(/^Move /, '');
  await timed('move a deal', async () => {
    const finger = new Finger();
    await finger.tap(move);
    await finger.tap(page.getByRole('menuitem', { name: 'Demo scheduled' }));
    expect(finger.taps).toBeLessThanOrEqual(2);
    return `${finger.taps} taps`;
  });
  await expect(
    page.getByRole('region', { name: 'New lead' }).getByRole('link', { name, exact: true }),
  ).toHaveCount(0);

  await page.goto(`${crm.url}/contacts`);
  await expect(page.locator('[data-row]').first()).toBeVisible();
  await timed('find a contact by four digits', async () => {
    const keys = ['/', '9', '4', '8', '1'];
    for (const key of keys) await page.keyboard.press(key);
    const rows = page.getByRole('group', { name: 'Contacts', exact: true }).locator('[data-row]');
    await expect(rows).toHaveCount(1);
    await expect(rows).toHaveAttribute('href', new URL(contact).pathname);
    return `${keys.length} keys`;
  });
  await context.close();
});
