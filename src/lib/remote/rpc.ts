import { supabase, tokenExpired } from './client';
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
    const { data: auth, error: authError } = await client.auth.getSession();
    if (authError?.name === 'AuthRetryableFetchError') return failure('unreachable', 'auth_unreachable');
    if (authError || !auth.session) return failure('unauthenticated');
    const { data, error, status } = await client
      .rpc(name as never, { request } as never)
      .abortSignal(AbortSignal.timeout(callTimeout));
    if (error) return refusal(status, error);
    return { ok: true, body: data };
  } catch {
    return failure('unreachable');
  }
}

/** Whether our own server answers, not a captive portal in its place. */
async function reachable(): Promise<boolean> {
  try {
    const reply = await fetch(`${PUBLIC_SUPABASE_URL}/rest/v1/rpc/health`, {
      method: 'POST',
      headers: { apikey: PUBLIC_SUPABASE_KEY, 'content-type': 'application/json', 'content-profile': 'api' },
      body: '{}',
      signal: AbortSignal.timeout(probeTimeout),
    });
    return (await reply.text()).includes('crm-');
  } catch {
    return false;
  }
}
