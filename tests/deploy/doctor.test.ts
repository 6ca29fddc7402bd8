import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend, type Backend } from '../../supabase/embedded/backend-app';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { DEMO_PASSWORD } from '../../supabase/embedded/seed/accounts';
import { examine } from '../../supabase/monitoring/doctor/doctor';
import type { Target } from '../../supabase/monitoring/doctor/target';
import { headersFor, type HeaderRules } from '../../supabase/embedded/header-rules';
import { listen, staticHost, staticRules, type Files } from './static-host';

const APP = 'https://crm.example.com';
const API = 'https://project.example.com';
const BUILD = '1732312345678';

const page = (policy: string | null) => `<!doctype html><html lang="en"><head>
  ${policy ? `<meta http-equiv="content-security-policy" content="${policy}">` : ''}</head><body></body></html>`;
const POLICY = `default-src 'self'; connect-src 'self' ${API}; style-src 'self' 'unsafe-inline'; script-src 'self' 'sha256-x'`;
const GOOD_FILES: Files = {
  '/200.html': { type: 'text/html', body: page(POLICY) },
  '/service-worker.js': { type: 'text/javascript', body: '/* precache */' },
  '/_app/version.json': { type: 'application/json', body: JSON.stringify({ version: BUILD }) },
};

let folder: string;
let backend: Backend;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crm-doctor-'));
  backend = await createBackend({ dataDir: folder, seed: 'demo' });
});
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

interface World {
  files?: Files;
  rules?: HeaderRules;
  host?: { redirects?: boolean; fallback?: boolean };
  /** Answers in place of the project; returns false to pass the request to the project. */
  planted?: (path: string, headers: Record<string, unknown>) => { status: number; body: unknown } | false;
  target?: Partial<Target>;
}

/**
 * Examines a deployed system: a static host and the real backend, reached by the names they would have in production.
 */
async function codes({ files = {}, rules = staticRules(), host = {}, planted, target }: World = {}): Promise<
  string[]
> {
  const app = await listen(staticHost({ ...GOOD_FILES, ...files }, rules, host));
  const api = await listen(project(planted));
  // Replaces DNS and TLS; everything else on the way to a server is the same.
  const reach: typeof fetch = (input, init) => {
    const url = new URL(String(input));
    const origin = url.hostname === new URL(APP).hostname ? app.origin : api.origin;
    const headers = new Headers(init?.headers);
    headers.set('x-scheme', url.protocol.replace(':', ''));
    headers.set('x-host', url.host);
    return fetch(new URL(url.pathname + url.search, origin), { ...init, headers });
  };
  const findings = await examine({
    ...{ app: new URL(APP), api: new URL(API), key: PUBLISHABLE_KEY, fetch: reach, expectedBuild: BUILD },
    ...{ member: { email: 'rep@example.com', password: DEMO_PASSWORD }, protocol: 1, ...target },
  });
  await app.close();
  await api.close();
  return findings.map(({ code }) => code);
}

const project =
  (planted: World['planted']): RequestListener =>
  (request, response) => {
    const answer = planted?.(request.url ?? '', request.headers);
    if (!answer) return void backend.listener(request, response);
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  };

/** Runs with a fault in the database and then repairs it. */
async function withFault(plant: string, mend: string, world: World = {}): Promise<string[]> {
  await backend.database.script(plant);
  try {
    return await codes(world);
  } finally {
    await backend.database.script(mend);
  }
}

it('finds nothing wrong with a correct system', async () => {
  expect(await codes()).toEqual([]);
});

describe('the doctor finds', () => {
  const without = (name: string): HeaderRules =>
    staticRules().map((rule) => ({ ...rule, headers: rule.headers.filter(([header]) => header !== name) }));
  const withHeader = (path: RegExp, value: string): HeaderRules => [
    ...staticRules(),
    { path, headers: [['Cache-Control', value]] },
  ];
  const pageWith = (policy: string | null): Files => ({
    '/200.html': { type: 'text/html', body: page(policy) },
  });
  const at =
    (prefix: string, status: number, body: unknown): World['planted'] =>
    (path) =>
      path.startsWith(prefix) && { status, body };

  it.each<[string, string, World]>([
    ['http that does not redirect to https', 'no-redirect', { host: { redirects: false } }],
    [
      'an app without https',
      'no-https',
      { target: { app: new URL('http://crm.example.com') }, host: { redirects: false } },
    ],
    ['a page without HSTS', 'header-missing', { rules: without('Strict-Transport-Security') }],
    ['a page that others may frame', 'header-missing', { rules: without('X-Frame-Options') }],
    ['a page that caches keep', 'page-cached', { rules: withHeader(/^\/$/, 'public, max-age=3600') }],
    [
      'a cached service worker',
      'service-worker-cached',
      { rules: withHeader(/service-worker/, 'max-age=86400') },
    ],
    [
      'a missing service worker',
      'service-worker-missing',
      { files: { '/service-worker.js': { type: 'text/html', body: '' } } },
    ],
    ['addresses that do not open the app', 'deep-link-broken', { host: { fallback: false } }],
    ['a page without a policy', 'policy-missing', { files: pageWith(null), rules: [] }],
    [
      'a policy that runs scripts of other sites',
      'policy-weak',
      { files: pageWith(POLICY.replace("script-src 'self'", 'script-src https:')) },
    ],
    [
      'a policy that blocks the app from its project',
      'policy-blocks-api',
      { files: pageWith(POLICY.replace(API, '')) },
    ],
    [
      'an old app',
      'other-build',
      { files: { '/_app/version.json': { type: 'application/json', body: '{"version":"1"}' } } },
    ],
    ['a secret key in place of the public one', 'secret-key', { target: { key: 'sb_secret_something' } }],
    ['GraphQL', 'graphql-on', { planted: at('/graphql/v1', 200, { data: { __typename: 'Query' } }) }],
    ['realtime', 'realtime-on', { planted: at('/realtime/v1', 426, {}) }],
    ['open storage', 'storage-open', { planted: at('/storage/v1', 200, [{ id: 'files' }]) }],
    [
      'anonymous sign-in',
      'anonymous-sign-in',
      { planted: at('/auth/v1/settings', 200, { external: { anonymous_users: true } }) },
    ],
    [
      'sign-in by other providers',
      'foreign-sign-in',
      { planted: at('/auth/v1/settings', 200, { external: { google: true } }) },
    ],
    [
      'sign-up that is off',
      'sign-up-off',
      { planted: at('/auth/v1/signup', 422, { error_code: 'signup_disabled' }) },
    ],
    [
      '"Confirm email"',
      'confirm-email-on',
      { planted: at('/auth/v1/settings', 200, { mailer_autoconfirm: false }) },
    ],
    [
      'a project that does not expose the schema api',
      'config-not-pushed',
      { planted: at('/rest/v1/rpc/health', 406, { code: 'PGRST106', message: 'Invalid schema: api' }) },
    ],
    [
      'a project whose first schema is another one',
      'config-not-pushed',
      {
        planted: at('/rest/v1/rpc/health', 404, {
          code: 'PGRST202',
          message: 'Could not find the function public.health in the schema cache',
        }),
      },
    ],
    ['a project that is down', 'api-unreachable', { planted: at('/', 503, {}) }],
    ['a server that does not speak the app’s protocol', 'protocol-mismatch', { target: { protocol: 7 } }],
    [
      'the schema public over HTTP, even if it denies access',
      'schema-exposed',
      {
        planted: (path, headers) =>
          path.includes('/members') &&
          headers['accept-profile'] === 'public' && { status: 401, body: { code: '42501' } },
      },
    ],
  ])('%s', async (_, code, world) => {
    expect(await codes(world)).toContain(code);
  });

  it('an app that nobody serves, without reporting the consequences', async () => {
    const nowhere = `${API.replace('project', 'nowhere')}`;
    const gone: typeof fetch = () => Promise.reject(new Error('no such host'));
    expect(await codes({ target: { app: new URL(nowhere), api: new URL(nowhere), fetch: gone } })).toEqual([
      'app-unreachable',
      'api-unreachable',
    ]);
  });

  it('a stale health', async () => {
    const plant = `update private.retention_runs set ran_at = ran_at - interval '2 days'`;
    expect(await withFault(plant, 'select private.enforce_retention()')).toContain('health-stale');
  });

  it('a function that anyone may call', async () => {
    const plant = 'grant execute on function api.digest(jsonb) to anon';
    expect(await withFault(plant, 'revoke execute on function api.digest(jsonb) from anon')).toContain(
      'anon-may-call',
    );
  });

  it('sign-up without an invitation', async () => {
    const mend = `alter table auth.users enable trigger admit_user; delete from auth.users where email like 'doctor-%'`;
    expect(await withFault('alter table auth.users disable trigger admit_user', mend)).toContain(
      'sign-up-open',
    );
  });
});

describe('the hosts’ files', () => {
  interface VercelFile {
    headers: { source: string; headers: { key: string; value: string }[] }[];
    rewrites: { source: string; destination: string }[];
  }
  const vercel = JSON.parse(
    readFileSync(new URL('../../vercel.json', import.meta.url), 'utf8'),
  ) as VercelFile;

  it.each(['/', '/contacts/1', '/service-worker.js', '/_app/immutable/chunks/a.js', '/manifest.webmanifest'])(
    'give %s the same headers on every host',
    (path) => {
      const rules = vercel.headers.map(({ source, headers }) => ({
        path: new RegExp(`^${source}$`),
        headers: headers.map(({ key, value }): [string, string] => [key, value]),
      }));
      expect(headersFor(path, rules)).toEqual(headersFor(path, staticRules()));
    },
  );

  it('cache what never changes and revalidate everything else', () => {
    const caching = (path: string) => headersFor(path, staticRules())['cache-control'];
    expect(caching('/_app/immutable/entry/start.js')).toContain('immutable');
    expect(caching('/service-worker.js')).toContain('no-store');
    for (const path of ['/', '/deals', '/_app/version.json', '/manifest.webmanifest'])
      expect(caching(path)).toBe('no-cache');
  });

  it('answer the app’s addresses, but not its files, with one page', () => {
    const [rewrite] = vercel.rewrites;
    const pattern = new RegExp(`^${rewrite?.source}$`);
    expect(['/', '/contacts', '/deals/0190'].every((path) => pattern.test(path))).toBe(true);
    expect(
      ['/_app/immutable/a.js', '/service-worker.js', '/icon-192.png'].some((path) => pattern.test(path)),
    ).toBe(false);
    expect(readFileSync(new URL('../../static/_redirects', import.meta.url), 'utf8')).toContain(
      '/*  /200.html  200',
    );
  });
});
