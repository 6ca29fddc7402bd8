import { expect, inject, test } from 'vitest';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { call, idOf, tokenOf } from './client';

const tables = [
  'activity_logs',
  'members',
  'contacts',
  'companies',
  'deals',
  'notes',
  'tasks',
  'conflicts',
  'invitations',
  'users',
  'settings',
  'receipts',
  'clients',
  'retention_runs',
];
const schemas = ['api', 'public', 'private', 'auth', 'pg_catalog'];

test.each(tables)('does not expose the table %s in any schema, with any verb', async (table) => {
  const token = await tokenOf('admin@example.com');
  for (const schema of schemas) {
    const headers = { 'accept-profile': schema, 'content-profile': schema };
    for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      const body = ['GET', 'DELETE'].includes(method) ? undefined : { id: idOf('admin@example.com') };
      const { status, body: answer } = await call(`/rest/v1/${table}?select=*`, {
        method,
        token,
        headers,
        body,
      });
      expect(status, `${method} ${schema}.${table}`).toBeGreaterThanOrEqual(400);
      expect(status, `${method} ${schema}.${table}`).toBeLessThan(500);
      expect(JSON.stringify(answer)).not.toContain('@example.com');
    }
  }
});

const inner = [
  'enforce_retention',
  'purge_log',
  'create_invitation',
  'use_invitation',
  'record_events',
  'read_log',
  'setting',
  'uid',
  'pg_read_file',
  'pg_sleep',
  'set_config',
];

test.each(inner)('does not let anyone call the function %s', async (name) => {
  const token = await tokenOf('admin@example.com');
  for (const schema of schemas) {
    const headers = { 'accept-profile': schema, 'content-profile': schema };
    const { status } = await call(`/rest/v1/rpc/${name}`, { body: {}, token, headers });
    expect(status, `${schema}.${name}`).toBe(schema === 'api' ? 404 : 406);
  }
});

test('answers a request that names another schema as PostgREST does', async () => {
  const { status, body } = await call('/rest/v1/rpc/health', {
    body: {},
    headers: { 'content-profile': 'public' },
  });
  expect([status, body.code]).toEqual([406, 'PGRST106']);
});

test('refuses a body that is not UTF-8 as PostgREST does', async () => {
  const broken = new Uint8Array([...Buffer.from('{"request": "'), 0xc3, 0x28, ...Buffer.from('"}')]);
  const reply = await fetch(`${inject('backend')}/rest/v1/rpc/sync_push`, {
    method: 'POST',
    headers: {
      apikey: PUBLISHABLE_KEY,
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenOf('rep@example.com')}`,
    },
    body: broken,
  });
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ code: 'PGRST102' });
});

test.each([
  ['GET', '/auth/v1/admin/users'],
  ['POST', '/auth/v1/admin/users'],
  ['POST', '/auth/v1/admin/generate_link'],
  ['POST', '/auth/v1/invite'],
  ['GET', '/storage/v1/bucket'],
  ['POST', '/graphql/v1'],
  ['GET', '/_/admin'],
  ['GET', '/rest/v1/../pg/tables'],
  ['POST', '/pg/query'],
])('refuses %s %s to everyone, admins included', async (method, path) => {
  for (const token of [undefined, await tokenOf('admin@example.com')]) {
    const { status, body } = await call(path, { method, token, ...(method === 'POST' ? { body: {} } : {}) });
    expect([401, 403, 404, 405, 501]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('@example.com');
  }
});
