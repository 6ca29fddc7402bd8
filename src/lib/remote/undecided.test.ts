import { expect, test } from 'vitest';
import { undecided, undecidedSignUp } from './undecided';

test.each([
  ['AuthRetryableFetchError', 0, 'unreachable'],
  ['AuthRetryableFetchError', undefined, 'unreachable'],
  ['AuthRetryableFetchError', 504, 'unreachable'],
  ['AuthRetryableFetchError', 500, 'server_problem'],
  ['AuthRetryableFetchError', 503, 'server_problem'],
  ['AuthApiError', 429, 'server_problem'],
  ['AuthApiError', 400, undefined],
  ['AuthWeakPasswordError', 422, undefined],
  ['AuthUnknownError', undefined, 'unreachable'],
])('%s with status %s means %s', (name, status, meaning) => {
  expect(undecided({ name, status })).toBe(meaning);
});

test('a sign-up that the server refuses, a 500 of the sign-in service, is decided', () => {
  expect(undecidedSignUp({ name: 'AuthRetryableFetchError', status: 500 })).toBeUndefined();
  expect(undecidedSignUp({ name: 'AuthRetryableFetchError', status: 503 })).toBe('server_problem');
  expect(undecidedSignUp({ name: 'AuthRetryableFetchError', status: 0 })).toBe('unreachable');
});
