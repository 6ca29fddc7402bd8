import type { Connect, Plugin } from 'vite';
import type { BackendOptions } from './backend-app';
import type { Account } from './seed/accounts';
import { isMounted } from './edge';
import { passOn } from './proxy';
import { readSettings } from './settings';
import type { Hold } from './shared-backend';

/** What other code in the process may ask the plugin, once its server is up. */
export interface EmbeddedSupabaseApi {
  /** The demo accounts of the running database; none with `BACKEND=off`. */
  accounts(): readonly Account[];
}

/**
 * Vite plugin: serves the embedded Supabase under the app's own origin, in `vite dev` and `vite preview`. The
 * environment says which database and seed, or with `BACKEND=off` that requests go to a backend of its own.
 */
export function embeddedSupabase(): Plugin<EmbeddedSupabaseApi> {
  // A restart may use this very plugin for the new server before the old one is closed: first held, first released.
  const holds: Hold[] = [];

  const mount = async (middlewares: Connect.Server) => {
    const settings = readSettings(process.env);
    const backend = settings.backend === 'in-process' ? await start(settings) : null;
    middlewares.use((request, response, next) => {
      if (!isMounted(request.url ?? '')) next();
      else if (backend) backend.listener(request, response).catch(next);
      else passOn(request, response, settings.backendPort);
    });
  };
  const start = async (options: BackendOptions) => {
    // Loaded here, because a build evaluates the plugin too and needs no database.
    const { holdBackend } = await import('./shared-backend');
    const hold = await holdBackend({ ...options, log: console.log });
    holds.push(hold);
    return hold.backend;
  };
  const close = () => holds.shift()?.release();

  return {
    name: 'embedded-supabase',
    api: { accounts: () => holds.at(-1)?.backend.accounts ?? [] },
    configureServer: ({ middlewares }) => mount(middlewares),
    closeServer: close,
    async configurePreviewServer({ middlewares }) {
      middlewares.use(alwaysRevalidate);
      await mount(middlewares);
    },
    closePreviewServer: close,
  };
}

/** A cached service worker would keep an old version of the app in place. */
const alwaysRevalidate: Connect.NextHandleFunction = (request, response, next) => {
  if (/^\/(service-worker\.js|manifest\.webmanifest)(\?|$)/.test(request.url ?? '')) {
    response.setHeader('Cache-Control', 'no-cache');
  }
  next();
};
