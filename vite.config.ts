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
  define: { __APP_VERSION__: JSON.stringify(version) },
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
