import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { embeddedSupabase } from './supabase/embedded/plugin';
import { manifest } from './src/manifest';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  // Dexie's package entry is its largest build; this is its smallest.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
  envPrefix: ['VITE_', 'PUBLIC_SUPABASE_'],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    rolldownOptions: {
      output: {
        // What every signed-in page needs is many small files: two chunks compress better than fifty.
        codeSplitting: {
          groups: [
            { name: 'runtime', test: /vite\/preload-helper|node_modules\/svelte\//, priority: 2 },
            {
              name: 'controls',
              priority: 1,
              test: /@lucide\/svelte|src\/lib\/ui\/(?!Combo|combo|Dialog|Sheet|Select|TextArea|Toaster)/,
              minShareCount: 8,
            },
            {
              name: 'shell',
              test: /src\/lib\/(store|sync|entities|features\/(visits|maintenance|frame\/(?!Logo)))\//,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  plugins: [
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
