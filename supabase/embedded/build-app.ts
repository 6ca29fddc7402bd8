import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The build's output folder. */
export const BUILD = 'build';

const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite', 'vite.config.ts'];
const PAGE = join(BUILD, '200.html');
// The digest is in the output itself: a build by another command removes it, so that build is not trusted.
const STAMP = join(BUILD, '.source-digest');

/**
 * Builds the app if there is no build or if its sources have changed since. It compares content, so that a git checkout
 * counts as a change.
 *
 * @throws CannotStart when it cannot be built
 */
export async function buildIfNeeded(): Promise<void> {
  const digest = digestOf(SOURCES);
  const isFresh = existsSync(PAGE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
  if (isFresh) return;
  console.log('Building the app.');
  // SvelteKit reads its configuration again by itself, and Vite would warn about the format.
  process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING ??= 'true';
  // Test runners set another environment, and in that one Vite would make a development build.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  try {
    // This runs under tsx, which imports TypeScript directly, so Vite need not bundle its configuration.
    await build({ configLoader: 'native', logLevel: 'error' });
    writeFileSync(STAMP, digest);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new CannotStart(
      'The app',
      `it cannot be built (${reason})`,
      'run "npm run build" to see the full error',
    );
  }
}

/** A digest of the names and contents of files and folders, and of the settings that are compiled into the build. */
export function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesIn(path)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  hash.update(`${process.env.PUBLIC_SUPABASE_URL}\0${process.env.PUBLIC_SUPABASE_KEY}`);
  return hash.digest('hex');
}

/** The files at or below a path in a fixed order; empty if there are none. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
