import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The folder that a build writes. */
export const BUILD = 'build';

const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const PAGE = join(BUILD, '200.html');
// In the output itself: a build by other means removes it, and is then not trusted.
const STAMP = join(BUILD, '.source-digest');

/**
 * Builds the app if there is no build or its sources have changed since; by content, so that a checkout counts.
 *
 * @throws CannotStart when it cannot be built
 */
export async function buildIfNeeded(): Promise<void> {
  const digest = digestOf(SOURCES);
  const isFresh = existsSync(PAGE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
  if (isFresh) return;
  console.log('Building the app.');
  // SvelteKit reads the configuration once more by itself, and Vite would warn about the way it is written.
  process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING ??= 'true';
  // A runner of tests sets another environment, in which Vite would make a build for development.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  try {
    // This runs under tsx, which imports TypeScript as it is: Vite need not bundle its configuration.
    await build({ configLoader: 'native', logLevel: 'error' });
    writeFileSync(STAMP, digest);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new CannotStart(
      'The app',
      `it cannot be built (${reason})`,
      'run "npm run build" to see all about it',
    );
  }
}

/** One digest over the names and contents of files and folders, and over the settings that end up in the build. */
export function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesIn(path)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  hash.update(`${process.env.PUBLIC_SUPABASE_URL}\0${process.env.PUBLIC_SUPABASE_KEY}`);
  return hash.digest('hex');
}

/** The files at or below a path in a fixed order; none if there is nothing. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
