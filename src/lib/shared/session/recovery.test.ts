import { expect, test } from 'vitest';
import { readRecoveryLink } from './recovery';

test.each([
  ['our own mail', '#token_hash=abc', { proof: { token_hash: 'abc' } }],
  [
    "the sign-in service's own mail",
    '#access_token=a&expires_in=3600&refresh_token=r&token_type=bearer&type=recovery',
    { proof: { access_token: 'a', refresh_token: 'r' } },
  ],
  ['a link used twice', '#error=access_denied&error_code=otp_expired&error_description=expired', 'expired'],
  ['half a link', '#access_token=a', undefined],
  ['no link', '', undefined],
  ['a place on the page', '#top', undefined],
])('recognizes the link of %s', (_, hash, link) => {
  expect(readRecoveryLink(hash)).toEqual(link);
});
