import { createClient, type SupabaseClient } from '@supabase/supabase-js';

export type Row = Record<string, unknown> & { id: string };

/** The supabase-js of the compared clients, signed in as the same person. */
export async function connect(email: string, password: string): Promise<SupabaseClient> {
  const reply = await fetch('/auth/v1/token?grant_type=password', {
    method: 'POST',
    headers: { apikey: 'sb_publishable_embedded', 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { access_token: token } = (await reply.json()) as { access_token: string };
  return createClient(`${location.origin}/peers`, 'sb_publishable_embedded', {
    auth: { persistSession: false, autoRefreshToken: false },
    accessToken: async () => token,
  });
}
