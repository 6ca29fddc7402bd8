/** Set at build time for a hosted Supabase project; otherwise the embedded backend at the app's own origin. */
export const PUBLIC_SUPABASE_URL: string =
  import.meta.env.PUBLIC_SUPABASE_URL || globalThis.location?.origin || '';
export const PUBLIC_SUPABASE_KEY: string = import.meta.env.PUBLIC_SUPABASE_KEY || 'sb_publishable_embedded';

/** The key under which supabase-js keeps the session. Nothing else holds a token. */
export const sessionKey = 'atomic-crm:auth';
