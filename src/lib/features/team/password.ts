/**
 * Changes the password of the person who is signed in. It needs the server. Never throws.
 * @returns a sentence for the person where it did not work
 */
export async function setPassword(password: string): Promise<string | undefined> {
  try {
    const { changePassword } = await import('$lib/remote/auth');
    const { ok, kind } = await changePassword(password);
    if (ok) return undefined;
    return kind === 'unreachable'
      ? 'Could not reach the server. Your password is unchanged.'
      : 'The server did not take this password. Choose another one, or sign in again first.';
  } catch {
    return 'Your password could not be changed just now. Try again.';
  }
}
