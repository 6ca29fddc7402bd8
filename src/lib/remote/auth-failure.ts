import { undecided, type AuthError, type Undecided } from './undecided';

/** Why nobody was signed in or no account was made. Each has its own sentence with the next step. */
export type AuthFailure =
  | 'wrong_password'
  | 'not_confirmed'
  | 'confirm_email'
  | 'banned'
  | 'has_account'
  | 'no_invitation'
  | 'weak_password'
  | 'closed'
  | 'too_many'
  | 'too_many_emails'
  | 'refused'
  | Undecided;

const meanings: Record<string, AuthFailure> = {
  invalid_credentials: 'wrong_password',
  email_not_confirmed: 'not_confirmed',
  user_banned: 'banned',
  user_already_exists: 'has_account',
  email_exists: 'has_account',
  invitation_required: 'no_invitation',
  weak_password: 'weak_password',
  signup_disabled: 'closed',
  email_provider_disabled: 'closed',
  over_email_send_rate_limit: 'too_many_emails',
};

/** Classifies an error of the sign-in service by its code and status, never by its message. */
export function authFailure(error: AuthError): AuthFailure {
  const known = meanings[error.code ?? ''];
  if (known) return known;
  if (error.status === 429) return 'too_many';
  return undecided(error) ?? 'refused';
}

/**
 * Gives a sign-up that the invitation trigger refused a code of its own. The sign-in service answers it with a plain 500,
 * like a database that is down, and supabase-js drops the body of a 500. All other replies stay as they are.
 */
export async function withInvitationCode(reply: Response): Promise<Response> {
  if (reply.status !== 500) return reply;
  const text = await reply.clone().text();
  if (!/Database error saving new user|"server_error"/.test(text)) return reply;
  return Response.json({ error_code: 'invitation_required', msg: 'invitation_required' }, { status: 403 });
}
