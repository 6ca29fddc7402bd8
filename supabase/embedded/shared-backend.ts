import { resolve } from 'node:path';
import { createBackend, type Backend, type BackendOptions } from './backend-app.ts';

interface Shared {
  backend: Promise<Backend>;
  users: number;
}

// Vite evaluates the plugin's modules again at every restart, so the registry is on the global object, where it
// survives.
const KEY = Symbol.for('atomic-crm.embedded-backends');
const registry = ((globalThis as { [KEY]?: Map<string, Shared> })[KEY] ??= new Map<string, Shared>());

/** One user's claim on a backend. */
export interface Hold {
  backend: Backend;
  /** Releases the claim; the last release closes the backend. */
  release(): Promise<void>;
}

/**
 * Starts the backend of a data directory, or shares the one that this process already runs there: Vite starts the new
 * server before it closes the old one.
 */
export async function holdBackend(options: BackendOptions): Promise<Hold> {
  const key = resolve(options.dataDir);
  const shared = registry.get(key) ?? { backend: createBackend(options), users: 0 };
  registry.set(key, shared);
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    registry.delete(key);
    await (await shared.backend).close();
  };
  try {
    return { backend: await shared.backend, release };
  } catch (error) {
    registry.delete(key);
    throw error;
  }
}
