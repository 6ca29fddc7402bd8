import type { Connect, Plugin } from 'vite';
import type { BackendOptions } from './backend-app.ts';
import { explain } from '../terminal/explain.ts';
import { Sentence } from '../terminal/sentence.ts';
import { isMounted } from './edge.ts';
import { passOn } from './proxy.ts';
import { readSettings } from './settings.ts';
import type { Hold } from './shared-backend.ts';

/** Vite prints the stack of an error that stops its start, but the message alone says why. */
function inWords(error: unknown): never {
  throw new Sentence(explain(error));
}

/**
 * Vite plugin: serves the embedded Supabase on the app's own origin in `vite dev`. The environment sets the database
 * and the seed, or with `BACKEND=off` passes requests to a separate backend.
 */
export function embeddedSupabase(): Plugin {
  // After a restart, the new server may use this same plugin before the old server is closed, so the first hold is the
  // first to be released.
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
    // Imported here, because a build evaluates the plugin too and needs no database.
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
