// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePassword, signInWithPassword, signUp } from './auth';
import { forgetTokens } from './client';
import { json } from './test-server';

/** The answers of the sign-in service (GoTrue), by path. Each is used once, except the last, which repeats. */
let answers: Record<string, Response[]> = {};
let asked: string[] = [];

beforeEach(() => {
  answers = {};
  asked = [];
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const path = pathname.replace('/auth/v1/', '');
    asked.push(`${init?.method ?? 'GET'} ${path}`);
    const [next, ...later] = answers[path] ?? [];
    if (!next) throw new TypeError('Failed to fetch');
    if (later.length > 0) answers[path] = later;
    return next.clone();
  });
});
afterEach(() => {
  forgetTokens();
  vi.unstubAllGlobals();
});

const refused = (status: number, error_code: string, msg = error_code) =>
  json(status, { code: status, error_code, msg });
const user = { id: 'me', email: 'rep@example.com', identities: [{ id: 'one' }] };
const session = () => {
  const exp = Math.round(Date.now() / 1000) + 3600;
  const token = `${btoa('{"alg":"HS256","typ":"JWT"}')}.${btoa(JSON.stringify({ exp, sub: 'me' }))}.signed`;
  const rest = { token_type: 'bearer', expires_in: 3600, expires_at: exp, refresh_token: 'r', user };
  return json(200, { access_token: token, ...rest });
};

test.each([
  ['a wrong password', refused(400, 'invalid_credentials'), 'wrong_password'],
  ['the limit of sign-ins', refused(429, 'over_request_rate_limit'), 'too_many'],
  [
    'a stopped database',
    refused(500, 'unexpected_failure', 'Database error querying schema'),
    'server_problem',
  ],
  ['a blocked account', refused(400, 'user_banned'), 'banned'],
  ['an address that is not confirmed', refused(400, 'email_not_confirmed'), 'not_confirmed'],
  ['a word that nobody knows', refused(422, 'something_new'), 'refused'],
  ['a gateway without a server', new Response('<h1>Bad gateway</h1>', { status: 502 }), 'unreachable'],
])('a sign-in that meets %s says so', async (_, answer, kind) => {
  answers.token = [answer];
  expect(await signInWithPassword('rep@example.com', 'a good password')).toEqual({ ok: false, kind });
});

test.each([
  [
    'a used or wrong code',
    refused(500, 'unexpected_failure', 'Database error saving new user'),
    'no_invitation',
  ],
  ['a stopped database', refused(500, 'unexpected_failure', 'Database error finding user'), 'server_problem'],
  ['an address with an account', refused(422, 'user_already_exists'), 'has_account'],
  ['a password that is too common', refused(422, 'weak_password'), 'weak_password'],
  ['the limit of emails', refused(429, 'over_email_send_rate_limit'), 'too_many_emails'],
  ['the limit of sign-ups', refused(429, 'over_request_rate_limit'), 'too_many'],
  ['a project without sign-ups', refused(422, 'signup_disabled'), 'closed'],
  ['"Confirm email"', json(200, user), 'confirm_email'],
  ['"Confirm email" and an address with an account', json(200, { ...user, identities: [] }), 'has_account'],
])('a sign-up that meets %s says so', async (_, answer, kind) => {
  answers.signup = [answer];
  const request = { code: 'ABCDE', full_name: 'Ada', email: 'rep@example.com', password: 'a good password' };
  expect(await signUp(request)).toEqual({ ok: false, kind });
});

test('a password changes only after a sign-in with the current one', async () => {
  answers.token = [session(), refused(400, 'invalid_credentials'), session()];
  answers.user = [json(200, user)];
  expect(await signInWithPassword('rep@example.com', 'the current one')).toMatchObject({ ok: true });
  expect(await changePassword('not the current one', 'the next one')).toEqual({
    ok: false,
    kind: 'wrong_password',
  });
  expect(asked).toEqual(['POST token', 'POST token']);
  expect(await changePassword('the current one', 'the next one')).toEqual({ ok: true });
  expect(asked.slice(2)).toEqual(['POST token', 'PUT user']);
});

test('a password is not changed while nobody is signed in', async () => {
  expect(await changePassword('the current one', 'the next one')).toEqual({ ok: false, kind: 'refused' });
  expect(asked).toEqual([]);
});
