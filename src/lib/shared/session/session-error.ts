import type { AuthFailure } from '$lib/remote/auth';
import { shortestPassword } from './password';

const messages: Record<AuthFailure, string> = {
  wrong_password: 'This email and password do not match. Check both and try again.',
  unreachable: 'Could not reach the server. You need a connection to sign in. Check it and try again.',
  server_problem: 'The server has a problem right now. Try again in a few minutes.',
  refused: `The account could not be created. Check the invitation code and use the email address it was created for, with a password of at least ${shortestPassword} characters. Codes work once, for 7 days.`,
};

/** A refused sign-in or sign-up; `message` is for the person. */
export class SessionError extends Error {
  constructor(readonly code: AuthFailure) {
    super(messages[code]);
    this.name = 'SessionError';
  }
}
