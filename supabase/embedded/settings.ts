import type { BackendOptions } from './backend-app.ts';
import type { Seed } from './seed/plant.ts';

const SEEDS: readonly string[] = ['demo', 'none', 'large'] satisfies Seed[];
const HOUR = 3_600;
const WEEK = 604_800;
const isSeed = (value: string): value is Seed => SEEDS.includes(value);

/** A setting has an invalid value. */
class SettingError extends Error {
  override name = 'SettingError';
}

/** The settings of the embedded backend from the environment. */
export interface Settings extends BackendOptions {
  /** `BACKEND=off`: the app runs alone and passes requests on to `backendPort`. */
  backend: 'in-process' | 'off';
  backendPort: number;
}

/**
 * Reads BACKEND, BACKEND_PORT, DATA_DIR, DATABASE_URL, SEED and TOKEN_LIFETIME.
 *
 * @throws SettingError when one of them has an invalid value
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const seed = env.SEED || 'demo';
  if (!isSeed(seed)) throw new SettingError(`SEED must be one of ${SEEDS.join(', ')}, not "${seed}".`);
  return {
    backend: env.BACKEND === 'off' ? 'off' : 'in-process',
    backendPort: readPort(env, 'BACKEND_PORT', 54321),
    dataDir: env.DATA_DIR || 'supabase/.embedded',
    databaseUrl: env.DATABASE_URL || undefined,
    seed,
    tokenLifetime: readWhole(env, 'TOKEN_LIFETIME', { low: 1, high: WEEK, otherwise: HOUR }),
  };
}

/** Reads a port from the environment; 0 means any free one. */
export function readPort(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  return readWhole(env, name, { low: 0, high: 65_535, otherwise });
}

function readWhole(
  env: NodeJS.ProcessEnv,
  name: string,
  { low, high, otherwise }: { low: number; high: number; otherwise: number },
): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new SettingError(`${name} must be a whole number from ${low} to ${high}, not "${text}".`);
}
