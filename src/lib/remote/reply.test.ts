import { expect, test } from 'vitest';
import { refusal } from './reply';

test.each([
  [401, {}, 'unauthenticated'],
  [403, { code: 'deactivated' }, 'deactivated'],
  [403, { code: '42501' }, 'server_error'],
  [403, {}, 'server_error'],
  [404, {}, 'server_error'],
  [413, {}, 'too_large'],
  [426, {}, 'server_error'],
  [426, { code: 'client_outdated' }, 'client_outdated'],
  [429, {}, 'rate_limited'],
  [502, {}, 'unreachable'],
  [423, { code: 'maintenance', details: '120' }, 'maintenance'],
  [423, {}, 'server_error'],
  [429, { code: 'busy', details: '1' }, 'rate_limited'],
  [503, {}, 'server_error'],
  [0, {}, 'unreachable'],
])('HTTP %i with %o means %s', (status, error, kind) => {
  expect(refusal(status, error).kind).toBe(kind);
});

test('the seconds of Retry-After arrive as milliseconds', () => {
  expect(refusal(423, { code: 'maintenance', details: '120' }).retryAfter).toBe(120_000);
  expect(refusal(429, { code: 'rate_limited' }).retryAfter).toBeUndefined();
});
