import { codeMissing, lostCode } from '$lib/lifecycle/lost-code';
import { supabase, tokenExpired, type Client } from './client';
import { PUBLIC_SUPABASE_KEY, PUBLIC_SUPABASE_URL } from './endpoint';
import { failure, refusal, type Failure, type FailureKind, type Reply } from './reply';
import { transfer } from './transfer';
import { undecided } from './undecided';

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
    const silence = tokenExpired(Date.now()) ? await probe() : undefined;
    if (silence) return silence;
    const { data: auth, error: authError } = await sessionOf(client);
    if (authError?.name === 'AuthRetryableFetchError') return notRenewed(authError);
    if (authError || !auth.session) return failure('unauthenticated');
    if (owner && auth.session.user.id !== owner) return failure('unauthenticated', 'session_of_another');
    const first = await call(client, name, request);
    if (!first.error || !isTokenRefused(first.status, first.error)) return inSession(replyOf(first));
    // The clock of this device was set back since the token came: what it takes for good has ended.
    const { error: refreshError } = await client.auth.refreshSession();
    if (refreshError?.name === 'AuthRetryableFetchError') return notRenewed(refreshError);
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

const call = async (client: Client, name: string, request: object) => client.rpc(name, { request });

type Answer = Awaited<ReturnType<typeof call>>;

const replyOf = ({ data, error, status }: Answer): Reply<unknown> =>
  error ? refusal(status, error) : { ok: true, body: data };

/** Whether PostgREST itself refuses the token: a portal that says 401 must not cost the session. */
const isTokenRefused = (status: number, { code }: { code?: unknown }) =>
  status === 401 && /^PGRST30\d$/.test(String(code));

/** The session could not be renewed this time: nothing answered, or the server had a problem. */
const notRenewed = (error: { name: string; status?: number | undefined }): Failure =>
  undecided(error) === 'server_problem'
    ? failure('server_error', 'auth_refused')
    : failure('unreachable', 'auth_unreachable');

/** Of what answers before a session is renewed, only these can be our own server's word. */
const believed: FailureKind[] = ['server_error', 'rate_limited', 'maintenance'];

/** Asks whether our own server answers, not a captive portal in its place. @returns why it does not, if so */
async function probe(): Promise<Failure | undefined> {
  try {
    const url = `${PUBLIC_SUPABASE_URL}/rest/v1/rpc/health`;
    const headers = {
      apikey: PUBLIC_SUPABASE_KEY,
      'content-type': 'application/json',
      'content-profile': 'api',
    };
    const reply = await transfer(url, { method: 'POST', headers, body: '{}' }, longestProbe);
    const text = await reply.text();
    if (text.includes('crm-')) return undefined;
    const refused = refusal(reply.status, errorIn(text));
    return believed.includes(refused.kind) ? refused : failure('unreachable');
  } catch {
    return failure('unreachable');
  }
}

/** The JSON error in a body; an empty one for a page. */
function errorIn(text: string): { code?: unknown; details?: unknown } {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
