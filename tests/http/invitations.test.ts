import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { call, idOf, log, rpc, tokenOf } from './client';

const admin = idOf('admin@example.com');
const newAddress = () => `guest-${randomUUID()}@example.com`;
const invite = async (email: string, role = 'rep') =>
  (await rpc('invite', { email, role }, await tokenOf('admin@example.com'))).body.code as string;
const signUp = (email: string, data: object = {}) =>
  call('/auth/v1/signup', { body: { email, password: 'a long enough one', data } });
const members = async () => {
  const request = { protocol: 1, client_id: randomUUID(), cursor: null, page: null, limit: 5000 };
  const { body } = await rpc('sync_pull', request, await tokenOf('admin@example.com'));
  const { columns, rows } = body.changes.find(({ entity }: { entity: string }) => entity === 'members');
  const [email, role] = [columns.indexOf('email'), columns.indexOf('role')];
  return new Map<string, string>(rows.map((row: string[]) => [row[email], row[role]]));
};

test.each([
  ['no code', {}],
  ['a made-up code', { invitation_code: 'ABCDE-12345-ABCDE-12345' }],
  ['an empty code', { invitation_code: '' }],
  ['a code that is not text', { invitation_code: { $ne: null } }],
  ['a role that it chose itself', { role: 'admin', active: true }],
])('refuses a sign-up with %s and leaves no trace', async (_, data) => {
  const email = newAddress();
  const before = (await log({ entity_type: 'members' })).length;
  expect((await signUp(email, data)).status).toBeGreaterThanOrEqual(400);
  const retry = await call('/auth/v1/token?grant_type=password', {
    body: { email, password: 'a long enough one' },
  });
  expect(retry.status).toBe(400);
  expect((await members()).has(email)).toBe(false);
  expect(await log({ entity_type: 'members' })).toHaveLength(before);
});

test.each([
  ['anonymously', '/auth/v1/signup', {}],
  ['by an email link', '/auth/v1/otp', { email: 'stranger@example.com', create_user: true }],
  ['by a magic link', '/auth/v1/magiclink', { email: 'stranger@example.com' }],
  ['by telephone', '/auth/v1/signup', { phone: '+15550100', password: 'a long enough one' }],
  [
    'with a token of another provider',
    '/auth/v1/token?grant_type=id_token',
    { provider: 'google', id_token: 'x' },
  ],
])('lets nobody in %s', async (_, path, body) => {
  const answer = await call(path, { body });
  expect(answer.body?.access_token).toBeUndefined();
  expect([...(await members()).keys()]).not.toContain('stranger@example.com');
});

test('refuses an invitation for another address', async () => {
  const [invited, other] = [newAddress(), newAddress()];
  const invitation_code = await invite(invited);
  expect((await signUp(other, { invitation_code })).status).toBeGreaterThanOrEqual(400);
  expect((await signUp(invited, { invitation_code })).status).toBe(200);
});

test('gives the invited role, whatever the sign-up requests', async () => {
  const email = newAddress();
  const invitation_code = await invite(email, 'read_only');
  await signUp(email, { invitation_code, role: 'admin' });
  expect((await members()).get(email)).toBe('read_only');
});

test('accepts an invitation only once, even from simultaneous sign-ups', async () => {
  const email = newAddress();
  const invitation_code = await invite(email);
  const tries = await Promise.all(Array.from({ length: 5 }, () => signUp(email, { invitation_code })));
  expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await signUp(email, { invitation_code })).body.access_token).toBeUndefined();
  const joined = tries.find(({ status }) => status === 200)?.body.user.id as string;
  expect(await log({ entity_id: joined, action: 'create' })).toMatchObject([{ user_id: joined }]);
  expect((await log({ action: 'invite' }))[0]).toMatchObject({ user_id: admin, ip_address: '127.0.0.1' });
});

test('does not let a member take another’s address', async () => {
  const token = await tokenOf('rep2@example.com');
  const { status } = await call('/auth/v1/user', {
    method: 'PUT',
    token,
    body: { email: 'admin@example.com' },
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect((await members()).get('admin@example.com')).toBe('admin');
});

test('ignores rights that members write into their own account', async () => {
  const token = await tokenOf('rep2@example.com');
  const body = { data: { role: 'admin' }, app_metadata: { role: 'service_role' }, role: 'service_role' };
  await call('/auth/v1/user', { method: 'PUT', token, body });
  const again = await call('/auth/v1/token?grant_type=password', {
    body: { email: 'rep2@example.com', password: 'atomic-demo' },
  });
  expect(await rpc('activity_log', {}, again.body.access_token)).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  expect((await members()).get('rep2@example.com')).toBe('rep');
});
