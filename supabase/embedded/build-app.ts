import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Scripts here run under tsx, which imports TypeScript as it is: Vite need not bundle its configuration. */
export const CONFIG_LOADER = 'native';

const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const OUTPUT = ['build/200.html', '.svelte-kit/output/server/index.js'];
// In the output itself: a build by other means removes it, and is then not trusted.
const STAMP = 'build/.source-digest';

/** Builds the app if there is no build or its sources have changed since; by content, so that a checkout counts. */
export async function buildIfNeeded(): Promise<void> {
  const digest = digestOf(SOURCES);
  const isFresh =
    OUTPUT.every((path) => existsSync(path)) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
  if (isFresh) return;
  console.log('Building the app.');
  // SvelteKit reads the configuration once more by itself, and Vite would warn about the way it is written.
  process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING ??= 'true';
  await build({ configLoader: CONFIG_LOADER, logLevel: 'error' });
  writeFileSync(STAMP, digest);
}

/** One digest over names, contents and the settings that end up in the build. */
function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) add(path);
  hash.update(`${process.env.PUBLIC_SUPABASE_URL}\n${process.env.PUBLIC_SUPABASE_KEY}`);
  return hash.digest('hex');

  function add(path: string): void {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
      return;
    }
    hash.update(`${path}\n`).update(readFileSync(path));
  }
}
