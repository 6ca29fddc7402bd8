/** Characters a password has at least: what `config.toml` asks of a hosted project, and what the embedded backend takes. */
export const shortestPassword = import.meta.env.PUBLIC_SUPABASE_URL ? 10 : 6;

/** What is wrong with a new password before anybody is asked; empty where nothing is. */
export const passwordProblem = (password: string): string =>
  password.length >= shortestPassword ? '' : `Choose a password of at least ${shortestPassword} characters.`;

/**
 * Changes the password of the person who is signed in. It needs the server. Never throws.
 * @returns a sentence for the person where it did not work
 */
export async function setPassword(password: string): Promise<string | undefined> {
  try {
    const { changePassword } = await import('$lib/remote/auth');
    const { ok, kind } = await changePassword(password);
    if (ok) return undefined;
    if (kind === 'server_problem') return 'The server has a problem right now. Your password is unchanged.';
    return kind === 'unreachable'
      ? 'Could not reach the server. Your password is unchanged.'
      : "That password wasn't accepted. Choose a longer or less common one, or sign in again first.";
  } catch {
    return 'Your password could not be changed. Try again.';
  }
}
