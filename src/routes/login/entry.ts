/** Where to go after signing in: a path of this app, whatever the address says. */
export function nextPage(url: URL): string {
  const wanted = url.searchParams.get('next') ?? '/';
  const target = URL.parse(wanted, url.origin);
  if (!wanted.startsWith('/') || target?.origin !== url.origin) return '/';
  return target.pathname.startsWith('/login') ? '/' : target.pathname + target.search;
}

/** Whether the app talks to the embedded backend on this machine, not to a hosted project. */
export function onThisMachine(): boolean {
  return (
    !import.meta.env.PUBLIC_SUPABASE_URL && ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
  );
}

/** The accounts of the demo data; they share one password. */
export const demoAccounts = ['admin', 'manager', 'rep', 'rep2', 'readonly'].map(
  (name) => `${name}@example.com`,
);
export const demoPassword = 'atomic-demo';

/** What to tell a person when an attempt failed. */
export const problemOf = (cause: unknown): string =>
  cause instanceof Error && cause.message ? cause.message : 'That did not work. Try again.';
