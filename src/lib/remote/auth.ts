import { lostCode } from '$lib/lifecycle/lost-code';
import { forgetTokens, supabase } from './client';
import { undecided, undecidedSignUp, type Undecided } from './undecided';

interface SignedIn {
  user_id: string;
  email: string;
}

export type AuthFailure = 'wrong_password' | 'refused' | Undecided;
export type AuthReply = { ok: true; user: SignedIn } | { ok: false; kind: AuthFailure };

/** Signs in with e-mail and password. Throws only if its own code could not be loaded. */
export async function signInWithPassword(email: string, password: string): Promise<AuthReply> {
  return answer(
    async () => (await supabase()).auth.signInWithPassword({ email, password }),
    'wrong_password',
  );
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
  return answer(
    async () => (await supabase()).auth.signUp({ email, password, options: { data } }),
    'refused',
    undecidedSignUp,
  );
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

/** Changes the password of the person who is signed in. Never throws. */
export async function changePassword(password: string): Promise<{ ok: boolean; kind?: AuthFailure }> {
  try {
    const { error } = await (await supabase()).auth.updateUser({ password });
    if (!error) return { ok: true };
    return { ok: false, kind: undecided(error) ?? 'refused' };
  } catch {
    return { ok: false, kind: 'unreachable' };
  }
}

interface AuthResponse {
  data: { user: { id: string; email?: string | undefined } | null; session: unknown };
  error: { name: string; status?: number | undefined } | null;
}

async function answer(
  call: () => Promise<AuthResponse>,
  refusedAs: AuthFailure,
  isUndecided = undecided,
): Promise<AuthReply> {
  try {
    const { data, error } = await call();
    if (!error && data.user && data.session)
      return { ok: true, user: { user_id: data.user.id, email: data.user.email ?? '' } };
    if (!error) return { ok: false, kind: 'refused' };
    return { ok: false, kind: isUndecided(error) ?? refusedAs };
  } catch (cause) {
    if (lostCode.is(cause)) throw cause;
    return { ok: false, kind: 'unreachable' };
  }
}
