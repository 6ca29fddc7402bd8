import type { BackendOptions } from './backend-app';
import type { Seed } from './seed/plant';

const SEEDS: readonly string[] = ['demo', 'none', 'large'] satisfies Seed[];
const isSeed = (value: string): value is Seed => SEEDS.includes(value);

/** What the environment says about the embedded backend. */
export interface Settings extends BackendOptions {
  /** `BACKEND=off`: the app runs alone and passes requests on to `backendPort`. */
  backend: 'in-process' | 'off';
  backendPort: number;
}

/**
 * Reads BACKEND, BACKEND_PORT, DATA_DIR, DATABASE_URL and SEED.
 *
 * @throws when one of them has a value nobody can act on
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const seed = env.SEED || 'demo';
  if (!isSeed(seed)) throw new Error(`SEED must be one of ${SEEDS.join(', ')}, not "${seed}".`);
  return {
    backend: env.BACKEND === 'off' ? 'off' : 'in-process',
    backendPort: readPort(env, 'BACKEND_PORT', 54321),
    dataDir: env.DATA_DIR || 'supabase/.embedded',
    databaseUrl: env.DATABASE_URL || undefined,
    seed,
  };
}

/** Reads a port from the environment; 0 means any free one. */
export function readPort(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (!text) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port number from 0 to 65535, not "${text}".`);
}
