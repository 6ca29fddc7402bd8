import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import browserRange from 'browserslist-to-esbuild';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { embeddedSupabase } from './supabase/embedded/plugin.ts';
import { manifest } from './src/manifest.ts';
import { sharedChunks } from './vite/chunks.ts';
import { guide } from './vite/guide.ts';
import { hostedBuild } from './vite/hosted-build.ts';
import { icons } from './vite/icons.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  // Dexie's package entry is its largest build; this is its smallest.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
  envPrefix: ['VITE_', 'PUBLIC_SUPABASE_'],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    // Scripts, styles, workers and the service worker are compiled for the oldest browsers of the range.
    target: browserRange(),
    rolldownOptions: {
      output: {
        codeSplitting: { groups: sharedChunks() },
      },
    },
  },
  server: { fs: { allow: ['docs/guide'] } },
  plugins: [
    hostedBuild(),
    guide(),
    icons(),
    tailwindcss(),
    sveltekit(),
    SvelteKitPWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      kit: { spa: { fallbackMapping: '/' }, adapterFallback: '200.html' },
      injectManifest: { globPatterns: ['client/**/*.{js,css,ico,png,svg,webp,woff2}'] },
    }),
    embeddedSupabase(),
  ],
});
