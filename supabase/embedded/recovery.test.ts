import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend, type Backend } from './backend-app.ts';
import { call, remove, signIn, temporaryFolder } from './harness.ts';
import { accounts } from './seed/accounts.ts';

const email = 'rep@example.com';
const rep = accounts.find((account) => account.email === email)?.id;
const said: string[] = [];
let folder: string;
let backend: Backend;

beforeAll(async () => {
  folder = temporaryFolder();
  backend = await createBackend({
    dataDir: folder,
    log: (line) => said.push(line),
    site: () => 'https://crm.example.com',
  });
});
afterAll(async () => {
  await backend.close();
  remove(folder);
});

const ask = (address: string) => call(backend, '/auth/v1/recover', { body: { email: address } });
const verify = (token_hash: string) =>
  call(backend, '/auth/v1/verify', { body: { type: 'recovery', token_hash } });
/** The token of the latest link at the terminal. */
const printed = () => /#token_hash=([0-9a-f]{64})$/.exec(said.at(-1) ?? '')?.[1] ?? '';

test('resets a password once, ends other sessions, and logs one row', async () => {
  const before = await signIn(backend, email);
  expect((await ask(email)).status).toBe(200);
  expect(said.at(-1)).toContain(`Password reset for ${email}`);
  expect(said.at(-1)).toContain('https://crm.example.com/login/reset#token_hash=');
  const token = printed();
  const [verified, again] = [await verify(token), await verify(token)];
  expect(verified.status).toBe(200);
  expect(again).toMatchObject({ status: 403, body: { error_code: 'otp_expired' } });

  const session = verified.body.access_token as string;
  const password = 'a better one than before';
  const changed = await call(backend, '/auth/v1/user', { method: 'PUT', token: session, body: { password } });
  expect(changed.status).toBe(200);
  const ended = await call(backend, '/auth/v1/logout?scope=global', {
    method: 'POST',
    token: session,
    body: {},
  });
  expect(ended.status).toBe(204);
  const refreshed = await call(backend, '/auth/v1/token?grant_type=refresh_token', {
    body: { refresh_token: before.body.refresh_token },
  });
  expect(refreshed.status).toBe(400);
  expect((await signIn(backend, email)).status).toBe(400);
  expect((await signIn(backend, email, password)).status).toBe(200);

  const rows = await backend.database.query(
    `select user_id, action, entity_type, changes from public.activity_logs where changes ? 'password'`,
  );
  expect(rows).toEqual([
    {
      user_id: rep,
      action: 'update',
      entity_type: 'members',
      changes: { password: { old: null, new: null } },
    },
  ]);
});

test('reveals nothing about an unknown address and sends nothing', async () => {
  const known = await ask('manager@example.com');
  const lines = said.length;
  expect(await ask('nobody@example.com')).toEqual(known);
  expect(said).toHaveLength(lines);
});

test('voids links after a newer link or a password change', async () => {
  await ask('rep2@example.com');
  const older = printed();
  await ask('rep2@example.com');
  const newer = printed();
  expect((await verify(older)).status).toBe(403);
  const { body } = await signIn(backend, 'rep2@example.com');
  const password = 'changed in the settings';
  await call(backend, '/auth/v1/user', { method: 'PUT', token: body.access_token, body: { password } });
  expect((await verify(newer)).status).toBe(403);
});

test('refuses a link after an hour', async () => {
  await ask('manager@example.com');
  await backend.database.query(
    `update auth.users set recovery_sent_at = now() - interval '61 minutes' where email = 'manager@example.com'`,
  );
  expect(await verify(printed())).toMatchObject({ status: 403, body: { error_code: 'otp_expired' } });
});

test('prints no other emails of the sign-in service', async () => {
  const lines = said.length;
  for (const path of ['/auth/v1/otp', '/auth/v1/magiclink'])
    await call(backend, path, { body: { email: 'admin@example.com', create_user: false } });
  expect(said).toHaveLength(lines);
});
