/** Why the sign-in service did not decide: nothing of ours answered, or the server did and could not. */
export type Undecided = 'unreachable' | 'server_problem';

/** An error of supabase-js, as far as the app looks at it. */
export interface AuthError {
  name: string;
  status?: number | undefined;
  /** The stable word of the sign-in service. */
  code?: string | undefined;
}

/**
 * Returns why the sign-in service has not decided yet, or `undefined` if it has. supabase-js throws the same error if
 * nothing answers and if the server answers with a 5xx. Only the status tells them apart.
 */
export function undecided({ name, status }: AuthError): Undecided | undefined {
  // A page in place of an answer: something on the way.
  if (name === 'AuthUnknownError') return 'unreachable';
  if (status === 429) return 'server_problem';
  if (name !== 'AuthRetryableFetchError') return undefined;
  return !status || status === 502 || status === 504 ? 'unreachable' : 'server_problem';
}
