import { codeMissing, lostCode } from '$lib/lifecycle/lost-code';
import { supabase, tokenExpired, type Client } from './client';
import { PUBLIC_SUPABASE_KEY, PUBLIC_SUPABASE_URL } from './endpoint';
import { failure, refusal, type Reply } from './reply';
import { transfer } from './transfer';

/** After this long without progress we assume that nobody answers, milliseconds. A slow line needs seconds per request. */
const longestProbe = 20_000;

/**
 * Calls a function of schema `api` as the person who is signed in. Never throws. `unauthenticated` means that there is
 * no session any more. If the server refuses a token that was just renewed, the failure is a `server_error`.
 * @param owner whose work the request carries; it is not sent in the name of somebody else
 * @returns the JSON body, unparsed beyond JSON; the caller parses it
 */
export async function callRpc(name: string, request: object, owner?: string): Promise<Reply<unknown>> {
  try {
    const client = await supabase();
    // supabase-js retries a refresh for half a minute: find out first whether anybody is there.
    if (tokenExpired(Date.now()) && !(await reachable())) return failure('unreachable');
    const { data: auth, error: authError } = await sessionOf(client);
    if (authError?.name === 'AuthRetryableFetchError') return failure('unreachable', 'auth_unreachable');
    if (authError || !auth.session) return failure('unauthenticated');
    if (owner && auth.session.user.id !== owner) return failure('unauthenticated', 'session_of_another');
    const first = await call(client, name, request);
    if (!first.error || !isTokenRefused(first.status, first.error)) return inSession(replyOf(first));
    // The clock of this device was set back since the token came: what it takes for good has ended.
    const { error: refreshError } = await client.auth.refreshSession();
    if (refreshError?.name === 'AuthRetryableFetchError') return failure('unreachable', 'auth_unreachable');
    // Another tab may have renewed it at the same moment: then there is a new token all the same.
    const renewed = !refreshError || refreshError.name === 'AuthRefreshDiscardedError';
    return renewed ? inSession(replyOf(await call(client, name, request))) : replyOf(first);
  } catch (cause) {
    return failure('unreachable', lostCode.is(cause) ? codeMissing : undefined);
  }
}

/** There is a session, so signing in again would not help, but the server may accept the same token later. */
const inSession = (reply: Reply<unknown>): Reply<unknown> =>
  !reply.ok && reply.kind === 'unauthenticated' ? failure('server_error', 'token_refused') : reply;

/** The session, renewed where its token has ended. */
async function sessionOf({ auth }: Client) {
  const first = await auth.getSession();
  // Another tab may have renewed it at the same moment: then this renewal fails, and there is a good token all the same.
  return first.error && !tokenExpired(Date.now()) ? auth.getSession() : first;
}

const call = async (client: Client, name: string, request: object) =>
  client.rpc(name as never, { request } as never);

type Answer = Awaited<ReturnType<typeof call>>;

const replyOf = ({ data, error, status }: Answer): Reply<unknown> =>
  error ? refusal(status, error) : { ok: true, body: data };

/** Whether PostgREST itself refuses the token: a portal that says 401 must not cost the session. */
const isTokenRefused = (status: number, { code }: { code?: unknown }) =>
  status === 401 && /^PGRST30\d$/.test(String(code));

/** Whether our own server answers, not a captive portal in its place. */
async function reachable(): Promise<boolean> {
  try {
    const url = `${PUBLIC_SUPABASE_URL}/rest/v1/rpc/health`;
    const headers = {
      apikey: PUBLIC_SUPABASE_KEY,
      'content-type': 'application/json',
      'content-profile': 'api',
    };
    const reply = await transfer(url, { method: 'POST', headers, body: '{}' }, longestProbe);
    return (await reply.text()).includes('crm-');
  } catch {
    return false;
  }
}
