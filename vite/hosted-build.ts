import type { Plugin } from 'vite';

/** The variables with which the build machines of static hosts say who they are. */
const hosts: Record<string, string> = {
  VERCEL: 'Vercel',
  NETLIFY: 'Netlify',
  CF_PAGES: 'Cloudflare Pages',
  RENDER: 'Render',
  AWS_APP_ID: 'AWS Amplify',
};

const needed = ['PUBLIC_SUPABASE_URL', 'PUBLIC_SUPABASE_KEY'];

/**
 * Returns why this environment must not build the app, or undefined if it may. Without the address of a Supabase project
 * the app looks for one at its own address. That is right on this machine, where the embedded Supabase answers, and never
 * on a static host.
 */
export function missingProject(env: NodeJS.ProcessEnv): string | undefined {
  const host = Object.keys(hosts).find((name) => env[name]);
  const missing = needed.filter((name) => !env[name]);
  if (!host || missing.length === 0) return undefined;
  return (
    `This build for ${hosts[host]} stops because ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set, ` +
    'so nobody could sign in. Add it to the environment variables of the site (see docs/hosting.md), and build again.'
  );
}

/** Stops a build on a static host that lacks the address or the key of the Supabase project. */
export function hostedBuild(): Plugin {
  return {
    name: 'atomic-crm:hosted-build',
    apply: 'build',
    config() {
      const why = missingProject(process.env);
      if (why) throw new Error(why);
    },
  };
}
