/**
 * The minimum length of a password, which `config.toml` sets for a hosted project and the embedded backend enforces.
 */
export const shortestPassword = import.meta.env.PUBLIC_SUPABASE_URL ? 10 : 6;

/** The most bytes of a password. The sign-in service refuses more, because its hash would ignore them. */
const mostBytes = 72;

/** The problem with a new password before the server is asked; empty if there is none. */
export function passwordProblem(password: string): string {
  if (password.length < shortestPassword)
    return `Choose a password of at least ${shortestPassword} characters.`;
  if (new TextEncoder().encode(password).length > mostBytes)
    return `This password is too long. Use at most ${mostBytes} letters and digits. Other characters count as two to four.`;
  return '';
}

/** The problems with the current or the new password, as sentences for the person. */
export interface PasswordProblems {
  current?: string;
  next?: string;
}

/**
 * Changes the password of the person who is signed in, who proves it with the current one. It needs the server. Never
 * throws.
 * @returns the problems; none if the password was changed
 */
export async function setPassword(current: string, next: string): Promise<PasswordProblems> {
  try {
    const { changePassword } = await import('$lib/remote/auth');
    const reply = await changePassword(current, next);
    if (reply.ok) return {};
    switch (reply.kind) {
      case 'wrong_password':
        return { current: 'This is not your current password.' };
      case 'too_many':
        return { next: 'Too many attempts came from your network. Wait five minutes and try again.' };
      case 'server_problem':
        return { next: 'The server has a problem right now. Your password is unchanged.' };
      case 'unreachable':
        return { next: 'Could not reach the server. Your password is unchanged.' };
      default:
        return { next: "That password wasn't accepted. Choose a longer or less common one." };
    }
  } catch {
    return { next: 'Your password could not be changed. Try again.' };
  }
}
