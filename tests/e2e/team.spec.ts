import { expect, offlineReady, signIn, syncStatus, test } from './crm';

test('wipes a deactivated device and reassigns its work', async ({ browser, page, crm }) => {
  test.setTimeout(480_000);
  const tablet = await browser.newContext();
  const field = await tablet.newPage();
  await signIn(field, crm, 'rep@example.com');
  await field.goto(`${crm.url}/contacts`);
  await offlineReady(field);
  await field.reload();
  await expect(syncStatus(field)).toHaveText(/^Synced/);
  await tablet.setOffline(true);
  await field.getByRole('button', { name: 'New contact' }).click();
  await field.getByRole('textbox', { name: 'First name' }).fill('Noor');
  await field.getByRole('textbox', { name: 'Last name' }).fill('Haddad');
  await field.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(field.getByRole('heading', { level: 1, name: 'Noor Haddad' })).toBeVisible();
  await expect(syncStatus(field)).toHaveText(/^Offline, 1 pending/);

  await signIn(page, crm, 'admin@example.com');
  await page.goto(`${crm.url}/settings`);
  await page.getByRole('button', { name: 'Deactivate Riley Navarro' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('button', { name: 'Reactivate Riley Navarro' })).toBeVisible();
  await page.getByRole('button', { name: "Reassign Riley Navarro's records" }).click();
  const handOver = page.getByRole('dialog').getByRole('button', { name: 'Reassign' });
  await expect(handOver, 'nobody is chosen beforehand').toBeDisabled();
  await page.getByRole('dialog').getByLabel('New owner').selectOption('Priya Raman');
  await handOver.click();
  await expect(page.getByText('records reassigned')).toBeVisible();
  // Hundreds of records get new owners.
  await expect(syncStatus(page)).toHaveText(/^Synced/, { timeout: 60_000 });

  await tablet.setOffline(false);
  await expect(field).toHaveURL(/left=deactivated/);
  const left = async () =>
    field.evaluate(async () => [
      ...(await indexedDB.databases())
        .map(({ name }) => name)
        .filter((name) => name?.startsWith('atomic-crm')),
      ...Object.keys(localStorage).filter((key) => /auth|token|atomic-crm:user/.test(key)),
    ]);
  await expect.poll(left).toEqual([]);

  await page.goto(`${crm.url}/sync`);
  await expect(
    page.getByRole('region', { name: 'Conflicts' }).getByText('Noor Haddad').first(),
  ).toBeVisible();
  const [deactivation] = await crm.log({ action: 'deactivate' });
  const riley = deactivation?.entity_id;
  expect(deactivation?.user_id).not.toBe(riley);
  const handedOver = (await crm.log({ action: 'update' })).filter(
    ({ changes }) => changes?.owner_id?.old === riley || changes?.assignee_id?.old === riley,
  );
  expect(handedOver.length).toBeGreaterThan(0);
  expect(new Set(handedOver.map(({ user_id }) => user_id))).toEqual(new Set([deactivation?.user_id]));
  await tablet.close();
});

test('changes a password, and resets a forgotten one by link', async ({ page, crm }) => {
  await signIn(page, crm, 'rep2@example.com');
  await page.goto(`${crm.url}/settings`);
  await page.getByText('Change password').click();
  await page.getByLabel('New password').fill('a better one than before');
  for (const [current, outcome] of [
    ['not this one', 'This is not your current password.'],
    ['atomic-demo', 'Password changed.'],
  ] as const) {
    await page.getByLabel('Current password').fill(current);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(page.getByText(outcome)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/login/);
  const [signedOut] = await crm.log({ action: 'sign_out' });
  expect(signedOut).toMatchObject({ entity_type: 'members', ip_address: expect.stringMatching(/127/) });
  expect(signedOut?.user_id).toBe(signedOut?.entity_id);
  await page.getByRole('textbox', { name: 'Email' }).fill('rep2@example.com');
  for (const [password, outcome] of [
    ['atomic-demo', page.getByText('do not match')],
    ['a better one than before', syncStatus(page)],
  ] as const) {
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(outcome).toBeVisible();
  }

  // The device knows its owner. The link belongs to someone else and leaves the owner's records alone.
  await page.goto(`${crm.url}/login`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill('manager@example.com');
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByText('Check for your link')).toBeVisible();
  const link = () => /http:\S+#token_hash=\w+/.exec(crm.printed.at(-1) ?? '')?.[0];
  await expect.poll(link).toBeDefined();
  for (const [password, outcome] of [
    ['a third one', syncStatus(page)],
    ['a fourth one', page.getByText('has expired or has already been used')],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(link() ?? '');
    await page.getByRole('textbox', { name: 'New password' }).fill(password);
    expect(page.url()).not.toContain('token_hash');
    await page.getByRole('button', { name: 'Save password' }).click();
    await expect(outcome).toBeVisible();
  }
  const changed = (await crm.log({ action: 'update', entity_type: 'members' })).filter(
    ({ changes }) => changes?.password,
  );
  expect(changed.map(({ user_id, entity_id }) => user_id === entity_id)).toEqual([true, true]);
});
