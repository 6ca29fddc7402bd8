import type { RecoveryFailure, RecoveryProof } from '$lib/remote/recovery';

/** The page that requests a recovery email and that its link opens. */
const recoveryPage = '/login/reset';

/** The link that opened the page: a valid one, one that has expired, or none. */
export type RecoveryLink = { proof: RecoveryProof } | 'expired' | undefined;

/**
 * Reads a recovery link. The proof is after the `#`, which browsers send to no server: the token of our own email, or
 * the parts that the sign-in service adds if it used its default email.
 */
export function readRecoveryLink(hash: string): RecoveryLink {
  const told = new URLSearchParams(hash.replace(/^#/, ''));
  const [token_hash, access_token, refresh_token] = ['token_hash', 'access_token', 'refresh_token'].map(
    (name) => told.get(name),
  );
  if (token_hash) return { proof: { token_hash } };
  if (access_token && refresh_token) return { proof: { access_token, refresh_token } };
  return told.has('error') || told.has('error_code') ? 'expired' : undefined;
}

const offline = 'Could not reach the server. Check your connection and try again.';
const serverProblem = 'The server has a problem right now. Try again in a few minutes.';
const sentences: Record<RecoveryFailure, string> = {
  expired: 'This link has expired or has already been used. Ask for a new one.',
  refused: "That password wasn't accepted. Choose a longer or less common one.",
  unreachable: `${offline} Your password is unchanged.`,
  server_problem: `${serverProblem} Your password is unchanged.`,
};

/**
 * Requests a recovery email. It needs the server. Throws only if a part of the app could not be loaded.
 * @returns a sentence for the person if it could not be requested
 */
export async function askForRecovery(email: string, origin: string): Promise<string | undefined> {
  const { requestRecovery } = await import('$lib/remote/recovery');
  const reply = await requestRecovery(email.trim(), origin + recoveryPage);
  if (reply === 'asked') return undefined;
  return reply === 'unreachable' ? offline : serverProblem;
}

export type RecoveryOutcome = { email: string } | { problem: string; expired: boolean };

/**
 * Sets a new password with a recovery link. It can be tried several times. Throws only if a part of the app could not
 * be loaded.
 */
export async function startRecovery(
  proof: RecoveryProof,
): Promise<(password: string) => Promise<RecoveryOutcome>> {
  const { Recovery } = await import('$lib/remote/recovery');
  const recovery = new Recovery(proof);
  return async (password) => {
    const reply = await recovery.setPassword(password);
    if (reply.ok) return { email: reply.email };
    return { problem: sentences[reply.kind], expired: reply.kind === 'expired' };
  };
}
