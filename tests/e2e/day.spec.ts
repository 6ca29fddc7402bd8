import { expect, signIn, syncStatus, test } from './crm';

interface Task {
  title: string;
  due_on: string | null;
  done_at: string | null;
}

test('a printed list has its rows, and nothing that is only for the screen', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  const boxes = page.getByRole('checkbox', { name: /^Select / });
  await boxes.first().check();
  const toolbar = page.getByRole('toolbar', { name: 'Selected contacts' });
  await expect(toolbar).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(toolbar).toBeHidden();
  await expect(page.locator('a[href="#content"]')).toBeHidden();
  await expect(page.getByRole('main').locator('a[href^="/contacts/0"]').first()).toBeVisible();
});

test('a printed pipeline has all of its deals, as a list and as a board', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const deals = await crm.rows<{ archived_at: string | null }>('rep@example.com', 'deals');
  const count = deals.filter(({ archived_at }) => archived_at === null).length;
  for (const [path, links] of [
    ['/deals?view=list', page.getByRole('table', { name: 'Deals' }).getByRole('link')],
    ['/deals', page.locator('article[data-deal]')],
  ] as const) {
    await page.goto(crm.url + path);
    await expect(links.first()).toBeVisible();
    expect(await links.count(), 'a screen has only the first ones').toBeLessThan(count);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await links.count()).toBe(count);
  }
});

test('a tap on a task’s title opens it, and only its box completes it', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/tasks`);
  const row = page.getByRole('main').getByRole('listitem').first();
  const box = row.getByRole('checkbox');
  const title = (await row.getByRole('button').textContent()) ?? '';
  await page.getByText(title, { exact: true }).last().click();
  await expect(page.getByRole('dialog', { name: 'Task' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(page.getByText('Done.')).toBeVisible();
});

test('a stage of My pipeline opens the board with one’s own deals', async ({ page, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  const stage = page
    .getByRole('region', { name: 'My pipeline' })
    .getByRole('link')
    .filter({ hasNotText: /\b0$/ });
  const words = (await stage.first().textContent()) ?? '';
  const count = /(\d+)\s*$/.exec(words)?.[1] ?? '';
  await stage.first().click();
  await expect(page).toHaveURL(/stage=\w+&mine=1/);
  await expect(page.getByRole('button', { name: 'Mine', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.locator('article[data-deal]')).toHaveCount(Number(count));
});

test('a phone says that a note was saved, and takes it back', async ({ page, crm }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/contacts`);
  await page.getByRole('main').locator('a[href^="/contacts/0"]').first().click();
  await page.getByRole('textbox', { name: 'Add a note' }).fill('Wants the spring list');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByText('Note saved.')).toBeInViewport();
  const note = page.getByRole('list', { name: 'Timeline' }).getByText('Wants the spring list');
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(note).toHaveCount(0);
});

test('a date typed with two digits of the year is of this century, and half of one is not saved as none', async ({
  page,
  crm,
}) => {
  await signIn(page, crm, 'rep@example.com');
  await page.goto(`${crm.url}/tasks?new=task`);
  await page.getByRole('textbox', { name: 'Title' }).fill('Call about the fair');
  const due = page.getByLabel('Due date');
  await due.focus();
  await page.keyboard.type('1203');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('This date is incomplete.')).toBeVisible();
  await expect(due).toBeFocused();
  await due.fill('');
  await due.blur();
  await due.focus();
  await page.keyboard.type('120326');
  // Enter saves before the field is left.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const tasks = await crm.rows<Task>('rep@example.com', 'tasks');
  expect(tasks.filter(({ title }) => title === 'Call about the fair').map(({ due_on }) => due_on)).toEqual([
    '2026-12-03',
  ]);
});

test.describe('in New York', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('a maintenance window at a change of the clocks is asked about, and its length is shown', async ({
    page,
    crm,
  }) => {
    await signIn(page, crm, 'admin@example.com');
    await page.goto(`${crm.url}/settings`);
    const [start, end] = [page.getByLabel('Start', { exact: true }), page.getByLabel('End', { exact: true })];
    await start.fill('2027-03-14T02:30');
    await end.fill('2027-03-14T03:30');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await expect(page.getByText('the time from 02:00 to 03:00 does not exist')).toBeVisible();

    await start.fill('2027-11-07T01:30');
    await end.fill('2027-11-07T01:30');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await expect(page.getByText('this time occurs twice')).toBeVisible();
    await page.getByLabel('Which start').selectOption('first');
    await page.getByLabel('Which end').selectOption('second');
    await expect(page.getByText('It lasts 1 h.')).toBeVisible();
    await expect(page.getByText('this time comes twice'), 'the question is answered').toBeHidden();
    await page.getByRole('button', { name: 'Schedule' }).click();
    await expect(
      page.getByText('Sun, Nov 7, 2027, 01:30 (the first) to Sun, Nov 7, 2027, 01:30 (the second), 1 h'),
    ).toBeVisible();
    await expect(syncStatus(page)).toHaveText(/^Synced/);
    const windows = await crm.rows<{ starts_at: string; ends_at: string }>(
      'admin@example.com',
      'maintenance_windows',
    );
    expect(
      windows.map(({ starts_at, ends_at }) => [starts_at, ends_at].map((at) => Date.parse(at))),
    ).toContainEqual([Date.parse('2027-11-07T05:30Z'), Date.parse('2027-11-07T06:30Z')]);
  });
});
