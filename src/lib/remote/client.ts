import type { SupabaseClient } from '@supabase/supabase-js';
import { withInvitationCode } from './auth-failure';
import { PUBLIC_SUPABASE_KEY, PUBLIC_SUPABASE_URL, sessionKey } from './endpoint';
import { keptSession } from './kept-session';
import { transfer } from './transfer';

/** The server's functions, as far as supabase-js needs to know them: the caller parses what they answer. */
interface Server {
  api: {
    Tables: Record<never, never>;
    Views: Record<never, never>;
    Functions: Record<string, { Args: { request: object }; Returns: unknown }>;
  };
}

export type Client = SupabaseClient<Server, 'api'>;
let client: Promise<Client> | undefined;

/** The one supabase-js client, loaded on first use so that no page waits for it. */
export function supabase(): Promise<Client> {
  return (client ??= load({ storageKey: sessionKey, persistSession: true, storage: keptSession() }).catch(
    (cause: unknown) => {
      // If the code could not be loaded this time, the next call tries again.
      client = undefined;
      throw cause;
    },
  ));
}

/** A client of its own whose session leaves nothing on the device and ends with the page. */
export const passingClient = (): Promise<Client> =>
  load({ storageKey: `${sessionKey}-passing`, persistSession: false });

async function load(auth: {
  storageKey: string;
  persistSession: boolean;
  storage?: ReturnType<typeof keptSession>;
}): Promise<Client> {
  const { createClient } = await import('@supabase/supabase-js');
  return createClient<Server, 'api'>(PUBLIC_SUPABASE_URL, PUBLIC_SUPABASE_KEY, {
    db: { schema: 'api' },
    global: { fetch: bounded },
    // Refreshed when a call needs it: a refresh that retries in the background has signed people out offline.
    auth: { ...auth, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

/** Milliseconds without any progress after which a call is given up. */
const longestStandstill = 30_000;

/**
 * Ends a call that is never answered, even the renewal of a token, because sync would wait for it forever. Also ends
 * every call when the browser puts the page away.
 */
const bounded: typeof fetch = async (input, init) => {
  const reply = await transfer(input, init, longestStandstill);
  if (addressOf(input).endsWith('/auth/v1/signup')) return withInvitationCode(reply);
  if (!isRenewal(input) || isDecided(reply)) return reply;
  const gatewayAlone = reply.status === 502 || reply.status === 504;
  return new Response(null, { status: gatewayAlone ? reply.status : 503 });
};

const addressOf = (input: RequestInfo | URL): string =>
  input instanceof Request ? input.url : String(input);

const isRenewal = (input: RequestInfo | URL): boolean =>
  addressOf(input).includes('/token?grant_type=refresh_token');

/**
 * Whether the sign-in service itself has decided about a renewal. supabase-js takes any refusal for the end of the
 * session, also a page of something on the way, and the 429 that an office behind one address gets together.
 */
const isDecided = ({ ok, status, headers }: Response): boolean =>
  ok || (status < 500 && status !== 429 && Boolean(headers.get('content-type')?.includes('json')));

/** Forgets the tokens on this device, also where the server cannot be told. */
export function forgetTokens(): void {
  for (const suffix of ['', '-user', '-code-verifier']) localStorage.removeItem(sessionKey + suffix);
}

/** Whether the kept access token is past its end, without asking anybody. */
export function tokenExpired(now: number): boolean {
  try {
    const kept = JSON.parse(localStorage.getItem(sessionKey) ?? 'null') as { expires_at?: number } | null;
    return kept?.expires_at !== undefined && kept.expires_at * 1000 - 90_000 <= now;
  } catch {
    return false;
  }
}
