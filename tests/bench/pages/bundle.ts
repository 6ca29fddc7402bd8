import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const entries = {
  ours: here('ours.ts'),
  raw: here('raw.ts'),
  rxdb: here('../peers/rxdb.ts'),
  legend: here('../peers/legend.ts'),
  upsert: here('../peers/upsert.ts'),
};

export type ClientName = keyof typeof entries;
export const clientNames = Object.keys(entries) as ClientName[];

type Pages = (path: string) => { body: Uint8Array; type: string } | null;

/**
 * Bundles a page for each client with the app's own bundler.
 *
 * @returns a handler that answers `/bench/<client>` and the scripts it requests
 */
export async function bundlePages(): Promise<Pages> {
  const outDir = mkdtempSync(join(tmpdir(), 'atomic-crm-bench-pages-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      root: here('.'),
      base: '/bench/',
      publicDir: false,
      resolve: {
        alias: [
          { find: '$lib', replacement: here('../../../src/lib') },
          // The same as in the app's own build.
          { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' },
        ],
      },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir,
        emptyOutDir: true,
        rolldownOptions: {
          input: entries,
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
        },
      },
    });
    const scripts = new Map<string, Buffer>(
      readdirSync(outDir).map((name) => [`/bench/${name}`, readFileSync(join(outDir, name))] as const),
    );
    return (path) => {
      const script = scripts.get(path);
      if (script) return { body: script, type: 'text/javascript' };
      const name = /^\/bench\/([a-z]+)$/.exec(path)?.[1];
      if (!name) return null;
      const html = `<!doctype html><title>${name}</title><script type="module" src="/bench/${name}.js"></script>`;
      return { body: Buffer.from(html), type: 'text/html' };
    };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
