import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { supabaseCli } from '../../supabase/deploy/tool';

const text = readFileSync(new URL('../../supabase/config.toml', import.meta.url), 'utf8');

/** The settings of a section as they are written, by name. */
function section(name: string): Record<string, string> {
  const body = text.split(/^\[/m).find((part) => part.startsWith(`${name}]`)) ?? '';
  return Object.fromEntries(
    [...body.matchAll(/^(\w+) = (.+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

it('exposes only the schema api', () => {
  expect(section('api')).toMatchObject({ enabled: 'true', schemas: '["api"]', extra_search_path: '[]' });
});

it.each(['realtime', 'storage', 'edge_runtime', 'analytics', 'auth.web3.solana', 'auth.oauth_server'])(
  'has no %s',
  (name) => {
    expect(section(name)).toEqual({ enabled: 'false' });
  },
);

it('allows sign-up only by invitation, with an email', () => {
  expect(section('auth')).toMatchObject({ enable_signup: 'true', enable_anonymous_sign_ins: 'false' });
  expect(section('auth.email')).toMatchObject({ enabled: 'true' });
  expect(section('auth.sms')).toMatchObject({ enabled: 'false' });
});

it('keeps a device signed in for three weeks offline', () => {
  expect(section('auth.sessions').timebox).toBe('"0s"');
  const hours = Number(/(\d+)h/.exec(section('auth.sessions').inactivity_timeout ?? '')?.[1]);
  expect(hours).toBeGreaterThan(21 * 24);
});

it('sends recovery links to the app’s reset page', () => {
  const { content_path = '' } = section('auth.email.template.recovery');
  const mail = readFileSync(
    new URL(`../../${(JSON.parse(content_path) as string).slice(2)}`, import.meta.url),
    'utf8',
  );
  expect(mail).toContain('"{{ .SiteURL }}/login/reset#token_hash={{ .TokenHash }}"');
  expect(existsSync(new URL('../../src/routes/login/reset/+page.svelte', import.meta.url))).toBe(true);
  expect(section('auth.email')).toMatchObject({ otp_length: '10', otp_expiry: '3600' });
});

it('loads in the Supabase CLI without a complaint', async () => {
  const { stdout, stderr } = await supabaseCli([
    'db',
    'push',
    '--dry-run',
    '--remote=postgresql://nobody@127.0.0.1:1/none',
  ]);
  expect(`${stdout}${stderr}`).not.toMatch(/WARN|deprecated|no longer supported|unknown|config\.toml/i);
});
