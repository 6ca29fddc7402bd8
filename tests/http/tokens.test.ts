import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { accounts } from '../../supabase/embedded/seed/accounts';
import { event } from '../db/rpc';
import { call, claimsFor, idOf, log, makeToken, pushOf, rpc, tokenOf } from './client';

const admin = idOf('admin@example.com');
const attackers = 'a secret that the attacker made up, and long enough';
const genuine = () => inject('signingSecret');
const unsigned = (claims: object) => makeToken(claims, '', { alg: 'none', typ: 'JWT' }).replace(/[^.]*$/, '');

const forged: [string, () => Promise<string> | string][] = [
  ['signed with another secret', () => makeToken(claimsFor(admin), attackers)],
  ['signed with nothing', () => makeToken(claimsFor(admin), '')],
  ['alg none, without a signature', () => unsigned(claimsFor(admin))],
  ['alg None, with any signature', () => makeToken(claimsFor(admin), attackers, { alg: 'None' })],
  ['alg RS256 with the HMAC of the secret', () => makeToken(claimsFor(admin), genuine(), { alg: 'RS256' })],
  ['expired an hour ago', () => makeToken(claimsFor(admin, { exp: Date.now() / 1000 - 3600 }), genuine())],
  ['service_role by another secret', () => makeToken(claimsFor(admin, { role: 'service_role' }), attackers)],
  ['postgres by another secret', () => makeToken({ role: 'postgres', exp: 4e9 }, attackers)],
  ['the member’s own with another subject', async () => exchanged(await tokenOf('rep@example.com'))],
  ['plain words instead of a token', () => 'let me in'],
];

function exchanged(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [
    header,
    Buffer.from(JSON.stringify({ ...claims, sub: admin })).toString('base64url'),
    signature,
  ].join('.');
}

test.each(forged)('refuses a token and logs nothing: %s', async (_, make) => {
  const token = await make();
  const seen = event('view');
  const refused = await rpc('sync_push', pushOf({ events: [seen] }), token);
  expect(refused.status).toBe(401);
  expect(refused.body.code).toEqual(expect.stringMatching(/\w/));
  for (const name of ['sync_pull', 'activity_log', 'invite', 'digest'])
    expect((await rpc(name, {}, token)).status, name).toBe(401);
  expect((await call('/auth/v1/user', { token })).status).toBeGreaterThanOrEqual(400);
  expect((await log()).map(({ id }) => id)).not.toContain(seen.event_id);
});

test('answers only the health check without signing in', async () => {
  for (const name of ['sync_push', 'sync_pull', 'activity_log', 'invite', 'digest'])
    expect([401, 403, 404], name).toContain((await rpc(name, {})).status);
  expect(await call('/rest/v1/rpc/health', { body: {} })).toEqual({ status: 200, body: 'crm-ok' });
});

test('gives a genuine token of a non-member no access', async () => {
  const token = makeToken(claimsFor(randomUUID()), genuine());
  const seen = event('view');
  for (const [name, request] of [
    ['sync_push', pushOf({ events: [seen] })],
    ['sync_pull', { protocol: 1, client_id: randomUUID() }],
    ['activity_log', {}],
    ['invite', { email: 'mallory@example.com', role: 'admin' }],
  ] as const) {
    const refused = await rpc(name, request, token);
    expect([refused.status, refused.body.code], name).toEqual([403, 'not_a_member']);
  }
  expect((await log()).map(({ id }) => id)).not.toContain(seen.event_id);
});

test('ignores another role inside a member’s token', async () => {
  const token = makeToken(
    claimsFor(idOf('rep@example.com'), {
      app_metadata: { role: 'admin' },
      user_metadata: { role: 'admin' },
      user_role: 'admin',
    }),
    genuine(),
  );
  expect(await rpc('activity_log', {}, token)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await rpc('invite', { email: 'mallory@example.com', role: 'admin' }, token)).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
});

test('lets each role see and do exactly what it may', async () => {
  const statuses = await Promise.all(
    accounts.map(async ({ email, role }) => {
      const token = await tokenOf(email);
      const request = { email: 'not an address', role: 'rep' };
      return [
        role,
        (await rpc('activity_log', { limit: 1 }, token)).status,
        (await rpc('invite', request, token)).body.code,
      ];
    }),
  );
  expect(statuses).toEqual([
    ['admin', 200, 'invalid_request'],
    ['manager', 200, 'forbidden'],
    ['rep', 403, 'forbidden'],
    ['rep', 403, 'forbidden'],
    ['read_only', 403, 'forbidden'],
  ]);
});
