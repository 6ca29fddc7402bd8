import { expect, offlineReady, signIn, syncStatus, test } from './crm';

interface Row {
  id: string;
  name?: string;
  first_name?: string;
  emails?: { value: string; label: string | null }[];
  company_id?: string | null;
  body?: string;
  title?: string;
  stage?: string;
}

test('works offline on a company created in a contact form', async ({ page, context, crm }) => {
  await signIn(page, crm, 'rep@example.com');
  await offlineReady(page);
  await context.setOffline(true);
  const heading = page.getByRole('heading', { level: 1 });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.goto(`${crm.url}/contacts?new=contact`);
  await field('First name').fill('Lena');
  await field('Last name').fill('Brook');
  await page.getByRole('combobox', { name: 'Company' }).fill('Brook Pantry');
  await page.getByRole('option', { name: /Create/ }).click();
  await field('Email').fill('lena@example.com');
  await page.getByRole('combobox', { name: 'Email label' }).selectOption('home');
  await page.getByRole('button', { name: 'Add another email' }).click();
  await field('Email 2').fill('office@example.com');
  await save();
  await expect(heading).toHaveText('Lena Brook');
  await page.getByRole('link', { name: 'Brook Pantry' }).first().click();
  await expect(heading).toHaveText('Brook Pantry');
  const company = page.url();

  // The form suggests values that were entered before.
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('combobox', { name: 'Segment' }).fill('Farm shop');
  await save();
  await expect(page.getByText('Farm shop').first()).toBeVisible();
  await page.goto(`${crm.url}/companies?new=company`);
  await expect(page.getByRole('dialog').locator('option[value="Farm shop"]')).toHaveCount(1);
  await page.goto(company);

  const people = page.getByRole('region', { name: /^People/ });
  await expect(people.getByRole('link', { name: /Lena Brook/ })).toBeVisible();
  await people.getByRole('button', { name: 'Add a person' }).click();
  await field('First name').fill('Omar');
  await save();
  await expect(heading).toHaveText('Omar');
  await page.goto(company);
  await expect(people.getByRole('link', { name: /Omar/ })).toBeVisible();

  await page.getByRole('button', { name: 'Deal', exact: true }).click();
  await field('Deal name').fill('Pantry launch');
  await save();
  await expect(heading).toHaveText('Pantry launch');
  await page.getByRole('button', { name: 'Move Pantry launch' }).click();
  await page.getByRole('menuitem', { name: 'Demo scheduled' }).click();
  await field('Note about this move').fill('They want to taste first.');
  await page.getByRole('button', { name: 'Add note', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('They want to taste first.');

  await page.goto(company);
  await expect(
    page.getByRole('region', { name: /^Deals/ }).getByRole('link', { name: /Pantry launch/ }),
  ).toBeVisible();
  await field('Add a task').fill('Send the catalog');
  await page.getByRole('button', { name: 'Add task' }).click();
  // The task takes a line of its own and moves the rest down.
  await expect(page.getByRole('checkbox', { name: /Send the catalog/ })).toBeVisible();
  await field('Add a note').fill('Delivery at the back door.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Delivery at the back door.');

  await context.setOffline(false);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
  const id = company.split('/').pop();
  const rows = async (entity: string) =>
    (await crm.rows<Row>('admin@example.com', entity)).filter((row) => row.company_id === id);
  const companies = await crm.rows<Row>('admin@example.com', 'companies');
  expect(companies.find((row) => row.id === id)).toMatchObject({ segment: 'Farm shop' });
  const contacts = await rows('contacts');
  expect(contacts.map((row) => row.first_name).sort()).toEqual(['Lena', 'Omar']);
  expect(contacts.find((row) => row.first_name === 'Lena')?.emails).toEqual([
    { value: 'lena@example.com', label: 'home' },
    { value: 'office@example.com', label: 'home' },
  ]);
  expect(await rows('deals')).toMatchObject([{ name: 'Pantry launch', stage: 'demo_scheduled' }]);
  expect(await rows('tasks')).toMatchObject([{ title: 'Send the catalog' }]);
  expect(await rows('notes')).toMatchObject([{ body: 'Delivery at the back door.' }]);
});
