import type { PgliteConnection } from '@supabase/lite/pglite';
import { cpSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createBackend, type Backend } from './backend-app.ts';
import { call, remove, signIn, temporaryFolder } from './harness.ts';
import { PUBLISHABLE_KEY } from './boot.ts';

/** A function that returns the caller's identity in the database and the headers that arrived. */
const WHOAMI = `
  create function api.whoami() returns jsonb language sql stable security invoker set search_path = '' as $$
    select jsonb_build_object('role', current_user, 'user', auth.uid(),
      'headers', current_setting('request.headers', true)::jsonb)
  $$;
  grant execute on function api.whoami() to anon, authenticated;`;

const CLAIMS = ['cf-connecting-ip', 'forwarded', 'true-client-ip', 'x-forwarded-for', 'x-real-ip'];

let folder: string;
let backend: Backend;

beforeAll(async () => {
  folder = temporaryFolder();
  const migrations = join(folder, 'migrations');
  cpSync(new URL('../migrations', import.meta.url), migrations, { recursive: true });
  writeFileSync(join(migrations, '99990101000000_whoami.sql'), WHOAMI);
  backend = await createBackend({ dataDir: join(folder, 'data'), migrations });
});
afterAll(async () => {
  await backend.close();
  remove(folder);
});

const tokenOf = async (email: string) => (await signIn(backend, email)).body.access_token as string;

/** The rights on every table, function and schema, and on new ones. */
async function grants(): Promise<unknown> {
  return backend.database.query(`
    select 'relation' as kind, oid::regclass::text as name, relacl::text as acl from pg_class
      where relnamespace::regnamespace::text in ('public', 'api', 'private', 'auth')
    union all select 'function', oid::regprocedure::text, proacl::text from pg_proc
      where pronamespace::regnamespace::text in ('public', 'api', 'private', 'auth')
    union all select 'schema', nspname, nspacl::text from pg_namespace
    union all select 'default', defaclnamespace::text || defaclobjtype::text, defaclacl::text from pg_default_acl
    order by 1, 2, 3`);
}

test('keeps what the migrations revoked after the first requests', async () => {
  const before = await grants();
  await call(backend, '/rest/v1/rpc/health', { body: {} });
  await call(backend, '/rest/v1/rpc/whoami', { body: {}, token: await tokenOf('rep@example.com') });
  expect(await grants()).toEqual(before);

  const [rights] = await backend.database.query(`
    select has_table_privilege('anon', 'public.contacts', 'select') as anon_reads,
      has_table_privilege('authenticated', 'public.contacts', 'delete') as user_deletes,
      has_table_privilege('service_role', 'public.activity_logs', 'select') as service_reads_log`);
  expect(rights).toEqual({ anon_reads: false, user_deletes: false, service_reads_log: false });
});

/** Delays each statement until other requests have advanced, like a slow disk. */
function slowDown({ connection }: Backend['database']): () => void {
  const { driver } = connection as PgliteConnection;
  const query = driver.query;
  driver.query = async <T>(...statement: Parameters<typeof query>) => {
    await new Promise((resolve) => setImmediate(resolve));
    return query.call<typeof driver, typeof statement, ReturnType<typeof query<T>>>(driver, ...statement);
  };
  return () => (driver.query = query);
}

test('runs overlapping requests each as its own user', async () => {
  onTestFinished(slowDown(backend.database));
  const [rep, admin] = await Promise.all([tokenOf('rep@example.com'), tokenOf('admin@example.com')]);
  const id = (email: string) => backend.accounts.find((account) => account.email === email)?.id;
  const callers = [
    { token: rep, role: 'authenticated', user: id('rep@example.com') },
    { token: admin, role: 'authenticated', user: id('admin@example.com') },
    { token: undefined, role: 'anon', user: null },
  ];
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => callers)
      .flat()
      .map(async ({ token, role, user }) => {
        const { body } = await call(backend, '/rest/v1/rpc/whoami', { body: {}, token });
        return { got: { role: body.role, user: body.user }, wanted: { role, user } };
      }),
  );
  expect(answers).toHaveLength(300);
  expect(answers.map(({ got }) => got)).toEqual(answers.map(({ wanted }) => wanted));
});

test('makes a request wait for an open transaction', async () => {
  const request = await backend.database.transaction(async (query) => {
    await query("select set_config('role', 'authenticated', true)");
    const waiting = call(backend, '/rest/v1/rpc/whoami', { body: {} });
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(await query('select current_user::text as role')).toEqual([{ role: 'authenticated' }]);
    return { waiting };
  });
  expect((await request.waiting).body.role).toBe('anon');
});

describe('reaches only the schema api', () => {
  const profiles = [undefined, 'public', 'private', 'auth'];

  const asking = (profile?: string): Record<string, string> =>
    profile ? { 'accept-profile': profile, 'content-profile': profile } : {};
  /** PostgREST refuses a schema that it does not expose with 406, and what the exposed one lacks with 404. */
  const refusalOf = (profile?: string): number => (profile ? 406 : 404);

  test.each(profiles)('refuses tables of the schema %s', async (profile) => {
    const headers = asking(profile);
    const token = await tokenOf('admin@example.com');
    const read = await call(backend, '/rest/v1/contacts?select=*', { token, headers });
    expect(read.status).toBe(refusalOf(profile));
    const written = await call(backend, '/rest/v1/companies', { token, headers, body: { name: 'Intruder' } });
    expect(written.status).toBe(refusalOf(profile));
  });

  test.each(profiles)('refuses functions of other schemas through the schema %s', async (profile) => {
    const headers = asking(profile);
    const token = await tokenOf('admin@example.com');
    const answer = await call(backend, '/rest/v1/rpc/enforce_retention', { token, headers, body: {} });
    expect(answer.status).toBe(refusalOf(profile));
  });

  test.each([
    '/',
    '/contacts',
    '/storage/v1/bucket',
    '/_system/info',
    '/rest/v10/rpc/health',
    '/rest/v1/../../_system',
  ])('the path %s', async (path) => {
    expect((await call(backend, path)).status).toBe(404);
  });
});

test('refuses a request without the publishable key', async () => {
  const answer = await call(backend, '/rest/v1/rpc/health', {
    body: {},
    headers: { apikey: 'sb_publishable_other' },
  });
  expect(answer.status).toBe(401);
});

test('replaces a client’s address headers with the peer’s address', async () => {
  const headers = Object.fromEntries(CLAIMS.map((name) => [name, '203.0.113.9']));
  const { body } = await call(backend, '/rest/v1/rpc/whoami', {
    body: {},
    headers,
    peer: '::ffff:198.51.100.7',
  });
  expect(JSON.stringify(body.headers)).not.toContain('203.0.113.9');
  expect(body.headers['cf-connecting-ip']).toBe('198.51.100.7');
});

test('uses the address of the socket', async () => {
  const server = createServer((request, response) => void backend.listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/rest/v1/rpc/whoami`, {
      method: 'POST',
      headers: {
        apikey: PUBLISHABLE_KEY,
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.9',
      },
      body: '{}',
    });
    const body = (await response.json()) as { headers: Record<string, string> };
    expect(body.headers['cf-connecting-ip']).toBe('127.0.0.1');
    expect(body.headers).not.toHaveProperty('x-forwarded-for');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe('accounts', () => {
  test('answers 400 to a wrong password', async () => {
    expect((await signIn(backend, 'rep@example.com', 'wrong')).status).toBe(400);
  });

  test('refuses sign-up without an invitation and leaves no trace', async () => {
    const email = 'stranger@example.com';
    const answer = await call(backend, '/auth/v1/signup', { body: { email, password: 'long-enough' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await backend.database.query('select id from auth.users where email = $1', [email])).toEqual([]);
  });

  test('lets an invited person in with the invited role', async () => {
    const email = 'newcomer@example.com';
    const [made] = await backend.database.query<{ invitation: { code: string } }>(
      'select private.create_invitation($1, $2) as invitation',
      [email, 'rep'],
    );
    const data = { invitation_code: made?.invitation.code, full_name: 'Noel Comer' };
    const answer = await call(backend, '/auth/v1/signup', { body: { email, password: 'long-enough', data } });
    expect(answer.status).toBe(200);
    expect(
      await backend.database.query('select full_name, role from public.members where email = $1', [email]),
    ).toEqual([{ full_name: 'Noel Comer', role: 'rep' }]);
  });

  test('refreshes a session, and the new token works', async () => {
    const { body: session } = await signIn(backend, 'rep@example.com');
    const refreshed = await call(backend, '/auth/v1/token?grant_type=refresh_token', {
      body: { refresh_token: session.refresh_token },
    });
    expect(refreshed.status).toBe(200);
    const { body } = await call(backend, '/rest/v1/rpc/whoami', {
      body: {},
      token: refreshed.body.access_token,
    });
    expect(body.user).toBe(session.user.id);
  });

  test('refuses a made-up token', async () => {
    const answer = await call(backend, '/rest/v1/rpc/whoami', { body: {}, token: 'not.a.token' });
    expect(answer.status).toBe(401);
  });
});
