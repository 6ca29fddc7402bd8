/**
 * The minimum length of a password, which `config.toml` sets for a hosted project and the embedded backend enforces.
 */
export const shortestPassword = import.meta.env.PUBLIC_SUPABASE_URL ? 10 : 6;

/** The problem with a new password before the server is asked; empty if there is none. */
export const passwordProblem = (password: string): string =>
  password.length >= shortestPassword ? '' : `Choose a password of at least ${shortestPassword} characters.`;

/**
 * Changes the password of the person who is signed in. It needs the server. Never throws.
 * @returns a sentence for the person if it failed
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
