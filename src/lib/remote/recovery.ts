import { lostCode } from '$lib/lifecycle/lost-code';
import { passingClient, supabase, type Client } from './client';
import { undecided, type Undecided } from './undecided';

/** The proof in the link of a recovery email: a one-use token, or the session that the sign-in service made of it. */
export type RecoveryProof = { token_hash: string } | { access_token: string; refresh_token: string };

export type RecoveryFailure = 'expired' | 'refused' | Undecided;
export type RecoveryReply = { ok: true; email: string } | { ok: false; kind: RecoveryFailure };

/**
 * Asks for a mail with a link to `page`. The answer is the same whether the address has an account, has none, or has
 * asked too often: it would tell a stranger who is on the team. Throws only if its own code could
 * not be loaded.
 */
export async function requestRecovery(email: string, page: string): Promise<'asked' | Undecided> {
  try {
    const { error } = await (await supabase()).auth.resetPasswordForEmail(email, { redirectTo: page });
    // Someone who has asked too often gets the same answer as everyone else.
    return (error && error.status !== 429 && undecided(error)) || 'asked';
  } catch (cause) {
    if (lostCode.is(cause)) throw cause;
    return 'unreachable';
  }
}

/**
 * Sets a new password by a recovery link. Its session is never stored: it may be another person's than the one whose
 * records are on this device. The link is used up by the first attempt that arrives; further attempts go on from it.
 */
export class Recovery {
  #client: Client | undefined;
  #email: string | undefined;

  constructor(readonly proof: RecoveryProof) {}

  /** Sets the password and ends every session of the account. Throws only if its own code could not be loaded. */
  async setPassword(password: string): Promise<RecoveryReply> {
    try {
      this.#client ??= await passingClient();
      const { auth } = this.#client;
      if (this.#email === undefined) {
        const { data, error } = await ('token_hash' in this.proof
          ? auth.verifyOtp({ type: 'recovery', token_hash: this.proof.token_hash })
          : auth.setSession(this.proof));
        if (error) return { ok: false, kind: undecided(error) ?? 'expired' };
        this.#email = data.user?.email ?? '';
      }
      const { error } = await auth.updateUser({ password });
      // The password is the wanted one already where the answer to an earlier attempt was lost.
      if (error && error.code !== 'same_password') return { ok: false, kind: undecided(error) ?? 'refused' };
      await auth.signOut({ scope: 'global' });
      return { ok: true, email: this.#email };
    } catch (cause) {
      if (lostCode.is(cause)) throw cause;
      return { ok: false, kind: 'unreachable' };
    }
  }
}
