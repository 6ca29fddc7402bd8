/** Why the sign-in service did not decide: nothing of ours answered, or the server did and could not. */
export type Undecided = 'unreachable' | 'server_problem';

interface AuthError {
  name: string;
  status?: number | undefined;
}

/**
 * The same for a sign-up. The server refuses one by a trigger (`invitation_required`), and the sign-in service answers
 * that with a plain 500.
 */
export const undecidedSignUp = (error: AuthError): Undecided | undefined =>
  error.status === 500 ? undefined : undecided(error);

/**
 * What an error of the sign-in service says beside a decision; `undefined` if it has decided. supabase-js throws the
 * same error when nothing answers and when the server answers with a 5xx: only the status tells them apart.
 */
export function undecided({ name, status }: AuthError): Undecided | undefined {
  // A page in place of an answer: something on the way.
  if (name === 'AuthUnknownError') return 'unreachable';
  if (status === 429) return 'server_problem';
  if (name !== 'AuthRetryableFetchError') return undefined;
  return !status || status === 502 || status === 504 ? 'unreachable' : 'server_problem';
}
