import { lostCode } from '$lib/lifecycle/lost-code';

/** The page after signing in: always a path of this app, whatever the address says. */
export function nextPage(url: URL): string {
  const target = resolve(url.searchParams.get('next') ?? '/', url.origin);
  return !target || target.pathname.startsWith('/login') ? '/' : target.pathname + target.search;
}
/** The address that `path` names at `origin`; undefined if it leads to another site or is not an address. */
function resolve(path: string, origin: string): URL | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    const target = new URL(path, origin);
    return target.origin === origin ? target : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The accounts of the demo data, which share one password. There are none on a hosted project, with an empty database,
 * or offline.
 */
export async function demoAccounts(): Promise<string[]> {
  if (import.meta.env.PUBLIC_SUPABASE_URL) return [];
  try {
    const accounts: unknown = await (await fetch('/embedded/accounts.json')).json();
    return Array.isArray(accounts) ? accounts.map(String) : [];
  } catch {
    return [];
  }
}
/** Whether the database is a new one of the embedded backend. There, the first person to sign up needs no code. */
export async function firstNeedsNoCode(): Promise<boolean> {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  return !import.meta.env.PUBLIC_SUPABASE_URL && local && (await demoAccounts()).length === 0;
}

const hints: Record<string, string> = {
  admin: 'Admin',
  manager: 'Manager',
  rep: 'Sales rep',
  rep2: 'Sales rep',
  readonly: 'Read only',
};
/** The role of a demo account, in a word or two. */
export const accountHint = (email: string): string => hints[email.split('@')[0] ?? ''] ?? '';

export const demoPassword = 'atomic-demo';

/** The message about a failed attempt. */
export interface LoginProblem {
  text: string;
  /** The page has to be reloaded, because a part of the app could not be loaded. */
  reload?: boolean;
}

/** The names of errors with our own messages. Comparing names avoids loading their classes. */
const ours = ['SessionError', 'StoreError'];

/** The message for a failed attempt. It uses only our own words, since a browser's message names files. */
export function problemOf(cause: unknown): LoginProblem {
  if (cause instanceof Error && ours.includes(cause.name)) return { text: cause.message };
  if (lostCode.is(cause))
    return {
      text: 'A part of the app could not be loaded. Check your connection, then reload this page.',
      reload: true,
    };
  console.error(cause);
  return { text: 'Something went wrong. Try again.' };
}
