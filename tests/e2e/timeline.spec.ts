import { expect, offlineReady, signIn, syncStatus, test } from './crm';

interface Note {
  kind: string;
  body: string;
}
interface Task {
  title: string;
  due_on: string | null;
  done_at: string | null;
}

test('shows, filters and syncs the timeline of an offline day', async ({ page, context, browser, crm }) => {
  test.setTimeout(480_000);
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await page.goto(`${crm.url}/contacts`);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'New contact' }).click();
  await page.getByRole('textbox', { name: 'First name' }).fill('Runa');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Falk');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runa Falk' })).toBeVisible();
  const contact = page.url();

  // Two taps log a call; a sample with a text needs the text.
  const kinds = page.getByRole('group', { name: 'Kind' });
  await kinds.getByText('Call', { exact: true }).click();
  await page.getByRole('button', { name: 'Save note' }).click();
  await kinds.getByText('Sample', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Left two kilos of char.');
  await page.getByRole('button', { name: 'Save note' }).click();
  const told = page.getByRole('list', { name: 'Timeline' });
  await expect(told.getByRole('listitem')).toHaveCount(2);

  await told.getByRole('button', { name: 'Note actions' }).first().click();
  await page.getByRole('menuitem', { name: 'Follow up tomorrow' }).click();
  await expect(page.getByRole('checkbox', { name: 'Follow up: Left two kilos of char.' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Send the price list');
  await page.getByLabel('Due', { exact: true }).fill('2020-02-03');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('checkbox', { name: /Send the price list/ })).toBeVisible();

  await page.goto(`${crm.url}/tasks`);
  await page.getByRole('button', { name: /^Overdue/ }).click();
  await page.getByRole('checkbox', { name: 'Send the price list' }).check();
  await page.getByRole('button', { name: /^Done/ }).click();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Send the price list' })).toBeChecked();
  await page.getByRole('button', { name: /^Upcoming/ }).click();
  await expect(page.getByRole('checkbox', { name: 'Follow up: Left two kilos of char.' })).toBeVisible();

  await page.goto(contact);
  await expect(told.getByRole('listitem')).toHaveCount(3);
  const show = page.getByRole('group', { name: 'Show in the timeline' });
  await show.getByRole('button', { name: /^Samples/ }).click();
  await expect(told.getByRole('listitem')).toHaveCount(1);
  await expect(told).toContainText('Left two kilos of char.');
  await show.getByRole('button', { name: /^Tasks/ }).click();
  await expect(told).toContainText('Send the price list');
  await expect(syncStatus(page)).toHaveText(/^Offline, 6 pending/);

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const notes = await crm.rows<Note>('admin@example.com', 'notes');
  expect(notes.filter(({ body }) => body === 'Left two kilos of char.')).toMatchObject([{ kind: 'sample' }]);
  expect(notes.filter(({ body }) => body === 'Called')).toMatchObject([{ kind: 'call' }]);
  const tasks = await crm.rows<Task>('admin@example.com', 'tasks');
  expect(tasks.find(({ title }) => title === 'Send the price list')).toMatchObject({
    due_on: '2020-02-03',
    done_at: expect.any(String),
  });
  expect(tasks.find(({ title }) => title.startsWith('Follow up: Left two'))?.done_at).toBeNull();

  const tablet = await (await browser.newContext()).newPage();
  await signIn(tablet, crm, 'rep@example.com');
  await tablet.goto(`${crm.url}/tasks?show=done`);
  await expect(tablet.getByRole('checkbox', { name: 'Send the price list' })).toBeChecked();
  await tablet.getByRole('button', { name: /^Upcoming/ }).click();
  await expect(
    tablet.getByRole('checkbox', { name: 'Follow up: Left two kilos of char.' }),
  ).not.toBeChecked();
  await tablet.context().close();
});
