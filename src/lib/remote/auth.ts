import { lostCode } from '$lib/lifecycle/lost-code';
import { authFailure, type AuthFailure } from './auth-failure';
import { forgetTokens, supabase } from './client';
import type { AuthError } from './undecided';

export type { AuthFailure };

interface SignedIn {
  user_id: string;
  email: string;
}

export type AuthReply = { ok: true; user: SignedIn } | { ok: false; kind: AuthFailure };

/** Signs in with e-mail and password. Throws only if its own code could not be loaded. */
export async function signInWithPassword(email: string, password: string): Promise<AuthReply> {
  return answer(async () => (await supabase()).auth.signInWithPassword({ email, password }));
}

/** Creates an account from an invitation; the server checks the code. Throws only if its own code could not be loaded. */
export async function signUp(request: {
  code: string;
  full_name: string;
  email: string;
  password: string;
}): Promise<AuthReply> {
  const { code, full_name, email, password } = request;
  const data = { full_name, ...(code ? { invitation_code: code } : {}) };
  return answer(async () => (await supabase()).auth.signUp({ email, password, options: { data } }));
}

/** Ends the session on this device; the server is told if it can be reached. Never throws. */
export async function signOut(): Promise<void> {
  try {
    const client = await supabase();
    await Promise.race([
      client.auth.signOut({ scope: 'local' }),
      new Promise((done) => setTimeout(done, 3000)),
    ]);
  } catch {
    // The tokens go all the same.
  }
  forgetTokens();
}

/** Why a password was not changed: the current one is wrong, or the new one was refused. */
export type ChangeReply = { ok: true } | { ok: false; kind: AuthFailure };

/**
 * Changes the password of the person who is signed in. It signs in again with the current one first, because the sign-in
 * service changes a password only in a session that is less than a day old, and because nobody who finds an unlocked
 * device should change it. The sign-in service then ends all other sessions of the account. Never throws.
 */
export async function changePassword(current: string, password: string): Promise<ChangeReply> {
  try {
    const { auth } = await supabase();
    const email = (await auth.getSession()).data.session?.user.email;
    if (!email) return { ok: false, kind: 'refused' };
    const { error: wrong } = await auth.signInWithPassword({ email, password: current });
    if (wrong) return { ok: false, kind: authFailure(wrong) };
    const { error } = await auth.updateUser({ password });
    // The password is the wanted one already if the answer to an earlier attempt was lost.
    if (!error || error.code === 'same_password') return { ok: true };
    return { ok: false, kind: authFailure(error) };
  } catch {
    return { ok: false, kind: 'unreachable' };
  }
}

interface AuthResponse {
  data: {
    user: { id: string; email?: string | undefined; identities?: unknown[] | undefined } | null;
    session: unknown;
  };
  error: AuthError | null;
}

async function answer(call: () => Promise<AuthResponse>): Promise<AuthReply> {
  try {
    const { data, error } = await call();
    if (error) return { ok: false, kind: authFailure(error) };
    if (data.user && data.session)
      return { ok: true, user: { user_id: data.user.id, email: data.user.email ?? '' } };
    // If "Confirm email" is on, an account comes without a session. If the address had an account before, the service
    // makes up one without identities, so that strangers do not learn of it.
    return { ok: false, kind: data.user?.identities?.length === 0 ? 'has_account' : 'confirm_email' };
  } catch (cause) {
    if (lostCode.is(cause)) throw cause;
    return { ok: false, kind: 'unreachable' };
  }
}
