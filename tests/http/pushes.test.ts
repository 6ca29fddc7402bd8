import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, inject, test } from 'vitest';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { event, mutation } from '../db/rpc';
import { call, idOf, log, pushOf, rpc, tokenOf } from './client';

const rep = idOf('rep@example.com');
const rep2 = idOf('rep2@example.com');
const newContact = (details: object = {}) =>
  mutation('contacts', 'insert', { patch: { first_name: 'Ines' }, ...details });
const outcomes = ({ body }: { body: { results: { status: string; error?: { code: string } }[] } }) =>
  body.results.map(({ status, error }) => [status, error?.code]);

test.each([
  ['not JSON', '{"request": {'],
  ['no body at all', ''],
  ['a list', '[]'],
  ['null', 'null'],
  ['no request', {}],
  ['text instead of a request', { request: 'all of it' }],
  ['no client', { request: { protocol: 1, sent_at: new Date().toISOString() } }],
  ['a protocol that is text', { request: pushOf({ protocol: '1' }) }],
  ['an invalid time', { request: pushOf({ sent_at: 'yesterday-ish' }) }],
  ['mutations that are not a list', { request: pushOf({ mutations: { length: 1 } }) }],
  ['a mutation that is not an object', { request: pushOf({ mutations: ['drop table contacts'] }) }],
  [
    'an id that is SQL',
    { request: pushOf({ mutations: [{ ...newContact(), id: "'; drop table contacts" }] }) },
  ],
  ['a NUL', { request: pushOf({ mutations: [newContact({ patch: { first_name: 'a\u0000b' } })] }) }],
])('refuses a push with %s as malformed', async (_, body) => {
  const { status } = await call('/rest/v1/rpc/sync_push', { body, token: await tokenOf('rep@example.com') });
  expect([400, 404]).toContain(status);
});

test.each([
  ['501 mutations', () => ({ mutations: Array.from({ length: 501 }, () => newContact()) })],
  ['501 events', () => ({ events: Array.from({ length: 501 }, () => event('view')) })],
  ['3 MB', () => ({ mutations: [newContact({ patch: { background: noise(3_000_000) } })] })],
])('refuses a push of %s completely as too large', async (_, parts) => {
  const before = await log({ user_id: rep });
  const { status, body } = await rpc('sync_push', pushOf(parts()), await tokenOf('rep@example.com'));
  expect([status, body.code]).toEqual([413, 'too_large']);
  expect(await log({ user_id: rep })).toEqual(before);
});

test.each(['rpc/sync_push', 'rpc/health', 'rpc/activity_log'])(
  '%s refuses an oversized body before reading it and keeps serving',
  async (path) => {
    const body = `{"request":"${'x'.repeat(20_000_000)}"}`;
    for (const token of [undefined, await tokenOf('rep@example.com')]) {
      const refused = await call(`/rest/v1/${path}`, { body, token });
      expect([refused.status, refused.body.code]).toEqual([413, 'too_large']);
    }
    expect((await call('/rest/v1/rpc/health', { body: {} })).body).toBe('crm-ok');
  },
);

test('survives a client that disconnects in the middle of a request', async () => {
  const { port } = new URL(inject('backend'));
  for (const promised of [100, 100_000_000]) {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = `POST /rest/v1/rpc/health HTTP/1.1\r\nhost: localhost\r\napikey: ${PUBLISHABLE_KEY}\r\n`;
    socket.write(`${head}content-type: application/json\r\ncontent-length: ${promised}\r\n\r\n{"half`, () =>
      socket.destroy(),
    );
    await once(socket, 'close');
  }
  expect((await call('/rest/v1/rpc/health', { body: {} })).body).toBe('crm-ok');
});

const addresses = (count: number, name = 'a') =>
  Array.from({ length: count }, (_, index) => ({ value: `${name}${index}@example.com`, label: null }));
test.each([
  ['addresses', { patch: { first_name: 'Ines', emails: addresses(1001) } }],
  ['tags', { patch: { first_name: 'Ines', tags: addresses(1001).map(({ value }) => value) } }],
  ['claimed base addresses', { base: { emails: addresses(1001) } }],
  ['records to merge', { op: 'merge', from: Array.from({ length: 1001 }, () => randomUUID()) }],
  ['addresses to choose', { op: 'merge', choices: { emails: addresses(1001) } }],
])('refuses a push with more than 1,000 %s before comparing them', async (_, details) => {
  const made = newContact();
  const sent = pushOf({ mutations: [made, newContact(details)] });
  const { status, body } = await rpc('sync_push', sent, await tokenOf('rep@example.com'));
  expect([status, body.code]).toEqual([400, 'invalid_request']);
  expect(await log({ entity_id: made.id })).toEqual([]);
});

test('does not let a list grow endlessly over many pushes', async () => {
  const token = await tokenOf('rep@example.com');
  const made = newContact({ patch: { first_name: 'Ines', emails: addresses(1000), tags: ['a'] } });
  expect(outcomes(await rpc('sync_push', pushOf({ mutations: [made] }), token))).toEqual([
    ['applied', undefined],
  ]);
  const grown = (field: string, value: unknown) =>
    mutation('contacts', 'update', { id: made.id, base: { [field]: [] }, patch: { [field]: value } });
  const tags = (name: string) => addresses(600, name).map(({ value }) => value);
  const sent = [grown('emails', addresses(1, 'more')), grown('tags', tags('b')), grown('tags', tags('c'))];
  const reply = await rpc('sync_push', pushOf({ mutations: sent }), token);
  expect(outcomes(reply)).toEqual([
    ['rejected', 'invalid_value'],
    ['merged', undefined],
    ['rejected', 'invalid_value'],
  ]);
});

test('refuses endless nesting and serves the next push', async () => {
  const token = await tokenOf('rep@example.com');
  const body = `{"request":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  expect((await call('/rest/v1/rpc/sync_push', { body, token })).status).toBeGreaterThanOrEqual(400);
  expect((await rpc('sync_push', pushOf(), token)).status).toBe(200);
});

/** Text that does not compress. */
const noise = (length: number) => Array.from({ length: length / 36 }, () => randomUUID()).join('');

test.each([-1, 2, 99, 1e300])('answers protocol %d only with which side is outdated', async (protocol) => {
  const { status, body } = await rpc('sync_push', pushOf({ protocol }), await tokenOf('rep@example.com'));
  expect([status, body.code]).toEqual([426, 'client_outdated']);
});

test('refuses another member’s client_id and stores nothing', async () => {
  const client_id = randomUUID();
  const [theirs, mine] = [await tokenOf('rep@example.com'), await tokenOf('rep2@example.com')];
  expect((await rpc('sync_push', pushOf({ client_id }), theirs)).status).toBe(200);
  const [seen, made] = [event('view'), newContact()];
  const refused = await rpc('sync_push', pushOf({ client_id, events: [seen], mutations: [made] }), mine);
  expect([refused.status, refused.body.code]).toEqual([403, 'client_taken']);
  const ids = (await log()).flatMap(({ id, entity_id }) => [id, entity_id]);
  expect(ids).not.toContain(seen.event_id);
  expect(ids).not.toContain(made.id);
});

test('changes nothing when another member resends a mutation', async () => {
  const made = newContact();
  const change = mutation('contacts', 'update', {
    id: made.id,
    base: { title: null },
    patch: { title: 'Chef' },
  });
  const mutations = [made, change];
  await rpc('sync_push', pushOf({ mutations }), await tokenOf('rep@example.com'));
  const before = await log({ entity_id: made.id });
  const again = await rpc('sync_push', pushOf({ mutations }), await tokenOf('rep2@example.com'));
  expect(again.status).toBe(200);
  expect(await log({ entity_id: made.id })).toEqual(before);
  expect(before.map(({ user_id, action }) => `${user_id} ${action}`).sort()).toEqual([
    `${rep} create`,
    `${rep} update`,
  ]);
});

test('keeps an entry when another member reuses its event id', async () => {
  const seen = event('view');
  await rpc('sync_push', pushOf({ events: [seen] }), await tokenOf('rep@example.com'));
  const forged = { ...seen, action: 'export' };
  const { body } = await rpc('sync_push', pushOf({ events: [forged] }), await tokenOf('rep2@example.com'));
  expect(body.events_rejected).toEqual([{ event_id: seen.event_id, code: 'duplicate' }]);
  const [entry] = (await log()).filter(({ id }) => id === seen.event_id);
  expect(entry).toMatchObject({ user_id: rep, action: 'view' });
});

test('logs an event with the real sender and time, whatever it claims', async () => {
  const seen = {
    ...event('view'),
    user_id: rep,
    ip_address: '192.0.2.66',
    timestamp: '2020-01-01T00:00:00Z',
    occurred_at: '2099-01-01T00:00:00Z',
    changes: { forged: true },
  };
  await rpc('sync_push', pushOf({ events: [seen] }), await tokenOf('rep2@example.com'));
  const [entry] = (await log()).filter(({ id }) => id === seen.event_id) as unknown as Record<
    string,
    string
  >[];
  expect(entry).toMatchObject({ user_id: rep2, ip_address: '127.0.0.1', changes: null });
  expect(Math.abs(Date.parse(entry?.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
  expect(Date.parse(entry?.occurred_at ?? '')).toBeLessThanOrEqual(Date.parse(entry?.timestamp ?? ''));
});

test('refuses actions that only the server may log', async () => {
  const words = [
    'create',
    'update',
    'delete',
    'merge',
    'invite',
    'role_change',
    'deactivate',
    'maintenance',
    'x',
  ];
  const events = words.map((action) => event(action));
  const { body } = await rpc('sync_push', pushOf({ events }), await tokenOf('rep@example.com'));
  expect(body).toMatchObject({ events_accepted: 0 });
  expect(body.events_rejected.map(({ code }: { code: string }) => code)).toEqual(
    words.map(() => 'forbidden'),
  );
});

test('ignores headers that claim an address, a user or a role', async () => {
  const claims = {
    'cf-connecting-ip': '192.0.2.66',
    'x-forwarded-for': '192.0.2.66',
    'x-real-ip': '192.0.2.66',
    'true-client-ip': '192.0.2.66',
    forwarded: 'for=192.0.2.66',
    role: 'service_role',
    'x-user-id': rep,
    'x-client-info': `sub=${rep}`,
    prefer: 'tx=rollback, params=single-object',
    'x-http-method-override': 'DELETE',
  };
  const [seen, made] = [event('view'), newContact()];
  const sent = pushOf({ events: [seen], mutations: [made] });
  expect((await rpc('sync_push', sent, await tokenOf('rep2@example.com'), claims)).status).toBe(200);
  const entries = (await log()).filter(({ id, entity_id }) => id === seen.event_id || entity_id === made.id);
  expect(entries.map(({ user_id, ip_address }) => [user_id, ip_address])).toEqual([
    [rep2, '127.0.0.1'],
    [rep2, '127.0.0.1'],
  ]);
});

test.each([
  ['created_by', rep],
  ['updated_by', rep],
  ['version', 99],
  ['xid', '1'],
  ['id', rep],
  ['no_such_field', 1],
])('does not let a patch write %s', async (field, value) => {
  const made = newContact({ patch: { first_name: 'Ines', [field]: value } });
  const reply = await rpc('sync_push', pushOf({ mutations: [made] }), await tokenOf('rep2@example.com'));
  expect(outcomes(reply)).toEqual([['rejected', 'invalid_value']]);
  expect(await log({ entity_id: made.id, action: 'create' })).toEqual([]);
});

test.each([
  'activity_logs',
  'invitations',
  'auth.users',
  'users',
  'settings',
  'contacts; drop table contacts',
])('rejects a mutation of %s', async (entity) => {
  const sent = [mutation(entity, 'insert', { patch: { action: 'view' } }), mutation(entity, 'delete')];
  const reply = await rpc('sync_push', pushOf({ mutations: sent }), await tokenOf('admin@example.com'));
  expect(outcomes(reply).map(([status]) => status)).toEqual(['rejected', 'rejected']);
});

test.each([
  ['rep@example.com', 'rep'],
  ['manager@example.com', 'manager'],
  ['readonly@example.com', 'read_only'],
])('%s cannot change any roles or access, not even their own', async (email, role) => {
  const sent = [
    mutation('members', 'update', { id: idOf(email), base: { role }, patch: { role: 'admin' } }),
    mutation('members', 'update', {
      id: idOf('admin@example.com'),
      base: { active: true },
      patch: { active: false },
    }),
    mutation('maintenance_windows', 'insert', {
      patch: { starts_at: '2026-01-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' },
    }),
  ];
  const reply = await rpc('sync_push', pushOf({ mutations: sent }), await tokenOf(email));
  expect(outcomes(reply).map(([status]) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  for (const [, code] of outcomes(reply)) expect(['forbidden', 'read_only']).toContain(code);
});

test('stores nothing of a read-only member except their views', async () => {
  const [seen, made] = [event('view'), newContact()];
  const sent = pushOf({ events: [seen], mutations: [made] });
  const reply = await rpc('sync_push', sent, await tokenOf('readonly@example.com'));
  expect(outcomes(reply)).toEqual([['rejected', 'read_only']]);
  expect(await log({ entity_id: made.id, action: 'create' })).toEqual([]);
  expect((await log()).map(({ id }) => id)).toContain(seen.event_id);
});
