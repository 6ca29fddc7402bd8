import type { Connect, Plugin } from 'vite';
import type { BackendOptions } from './backend-app.ts';
import { explain } from '../terminal/explain.ts';
import { Sentence } from '../terminal/sentence.ts';
import { isMounted } from './edge.ts';
import { passOn } from './proxy.ts';
import { readSettings } from './settings.ts';
import type { Hold } from './shared-backend.ts';

/** Vite prints the stack of what stops its start, and the words alone say why. */
function inWords(error: unknown): never {
  throw new Sentence(explain(error));
}

/**
 * Vite plugin: serves the embedded Supabase under the app's own origin in `vite dev`. The
 * environment says which database and seed, or with `BACKEND=off` that requests go to a backend of its own.
 */
export function embeddedSupabase(): Plugin {
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
    const { holdBackend } = await import('./shared-backend.ts');
    const hold = await holdBackend({ ...options, log: console.log });
    holds.push(hold);
    return hold.backend;
  };
  const close = () => holds.shift()?.release();

  return {
    name: 'embedded-supabase',
    configureServer: ({ middlewares }) => mount(middlewares).catch(inWords),
    closeServer: close,
  };
}
