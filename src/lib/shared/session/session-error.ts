import type { AuthFailure } from '$lib/remote/auth';
import { shortestPassword } from './password';

const messages: Record<AuthFailure, string> = {
  wrong_password: 'This email and password do not match. Check both and try again.',
  not_confirmed:
    'This email address is not confirmed yet. Open the link in the email that we sent you, then sign in.',
  confirm_email:
    'Your account was created. Open the link in the email that we sent you, then sign in. You do not need the code again.',
  banned: 'This account is blocked. Ask your admin.',
  has_account:
    'This email address already has an account. Go back and sign in, or choose "Forgot your password?" there.',
  no_invitation:
    'The account could not be created. Check the invitation code and use the email address it was created for. Codes work once, for 7 days.',
  weak_password: `Choose a longer or less common password, with at least ${shortestPassword} characters.`,
  closed: 'This server does not accept new accounts. Ask your admin.',
  too_many:
    'Too many attempts came from your network, so the server has not checked this one. Wait five minutes and try again.',
  too_many_emails:
    'The server has sent too many emails. If you have just created this account, open the link in its email and sign in. If not, try again in an hour.',
  refused: 'The server did not accept this. Check what you entered and try again, or ask your admin.',
  unreachable: 'Could not reach the server. You need a connection to sign in. Check it and try again.',
  server_problem: 'The server has a problem right now. Try again in a few minutes.',
};

/** A refused sign-in or sign-up; `message` is for the person. */
export class SessionError extends Error {
  constructor(readonly code: AuthFailure) {
    super(messages[code]);
    this.name = 'SessionError';
  }
}
