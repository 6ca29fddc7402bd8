import { expect, test } from 'vitest';
import { undecided } from './undecided';

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
