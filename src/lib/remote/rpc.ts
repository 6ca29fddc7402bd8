import { callSignal } from './call-signal';
import { supabase, tokenExpired, type Client } from './client';
import { PUBLIC_SUPABASE_KEY, PUBLIC_SUPABASE_URL } from './endpoint';
import { failure, refusal, type Reply } from './reply';

const callTimeout = 30_000;
const probeTimeout = 5_000;

/**
 * Calls a function of schema `api` as the person who is signed in. Never throws.
 * @returns the JSON body, unparsed beyond JSON; the caller parses it
 */
export async function callRpc(name: string, request: object): Promise<Reply<unknown>> {
  try {
    const client = await supabase();
    // supabase-js retries a refresh for half a minute: find out first whether anybody is there.
    if (tokenExpired(Date.now()) && !(await reachable())) return failure('unreachable');
    const { data: auth, error: authError } = await sessionOf(client);
    if (authError?.name === 'AuthRetryableFetchError') return failure('unreachable', 'auth_unreachable');
    if (authError || !auth.session) return failure('unauthenticated');
    const first = await call(client, name, request);
    if (!first.error || !isTokenRefused(first.status, first.error)) return replyOf(first);
    // The clock of this device was set back since the token came: what it takes for good has ended.
    const { error: refreshError } = await client.auth.refreshSession();
    if (refreshError?.name === 'AuthRetryableFetchError') return failure('unreachable', 'auth_unreachable');
    // Another tab may have renewed it at the same moment: then there is a new token all the same.
    const renewed = !refreshError || refreshError.name === 'AuthRefreshDiscardedError';
    return renewed ? replyOf(await call(client, name, request)) : replyOf(first);
  } catch {
    return failure('unreachable');
  }
}

/** The session, renewed where its token has ended. */
async function sessionOf({ auth }: Client) {
  const first = await auth.getSession();
  // Another tab may have renewed it at the same moment: then this renewal fails, and there is a good token all the same.
  return first.error && !tokenExpired(Date.now()) ? auth.getSession() : first;
}

const call = async (client: Client, name: string, request: object) =>
  client.rpc(name as never, { request } as never).abortSignal(callSignal(callTimeout));

type Answer = Awaited<ReturnType<typeof call>>;

const replyOf = ({ data, error, status }: Answer): Reply<unknown> =>
  error ? refusal(status, error) : { ok: true, body: data };

/** Whether PostgREST itself refuses the token: a portal that says 401 must not cost the session. */
const isTokenRefused = (status: number, { code }: { code?: unknown }) =>
  status === 401 && /^PGRST30\d$/.test(String(code));

/** Whether our own server answers, not a captive portal in its place. */
async function reachable(): Promise<boolean> {
  try {
    const reply = await fetch(`${PUBLIC_SUPABASE_URL}/rest/v1/rpc/health`, {
      method: 'POST',
      headers: { apikey: PUBLIC_SUPABASE_KEY, 'content-type': 'application/json', 'content-profile': 'api' },
      body: '{}',
      signal: callSignal(probeTimeout),
    });
    return (await reply.text()).includes('crm-');
  } catch {
    return false;
  }
}
