import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import browserRange from 'browserslist-to-esbuild';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { embeddedSupabase } from './supabase/embedded/plugin.ts';
import { guide } from './src/lib/shell/help/guide-plugin.ts';
import { staticIcons } from './src/lib/ui/icons-plugin.ts';
import { manifest } from './src/manifest.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const anyOf = (...paths: string[]) => new RegExp(paths.join('|'));

const writing = 'write\\.|direct|sanitize|rebase|read-near|show-row|merge|set-aside|discard';

/**
 * Every signed-in page needs many small files, and a few chunks compress better than fifty. The order keeps /login
 * small: the files that it needs must not end up in the shell, which contains the device's store.
 */
const chunks = [
  {
    name: 'runtime',
    test: anyOf(
      'vite/preload-helper',
      'node_modules/(svelte|@sveltejs/kit|devalue|esm-env|clsx)/',
      'lib/(shared/session/device-user|features/settings/theme)',
      'lib/lifecycle/(reachable|lost-code|lost-files)',
      'lib/store/database-name',
    ),
    priority: 3,
  },
  {
    name: 'controls',
    test: anyOf(
      '@lucide/svelte/',
      'src/lib/ui/(?!Combo|combo|currencies|DateField|day|Dialog|local-moment|Sheet|Select|Text|Field|Toaster|format-money|kept-typing|opener|modal|keyboard-inset|identity|legal-forms|phone-digits)',
    ),
    minShareCount: 8,
    priority: 2,
  },
  // Only forms need these: no list shows a field before its rows are painted.
  {
    name: 'fields',
    test: anyOf('src/lib/ui/(Field|TextField|kept-typing|opener|modal|keyboard-inset)'),
    minShareCount: 2,
    priority: 2,
  },
  {
    name: 'shell',
    test: anyOf(
      `src/lib/(store/(?!${writing})|sync/(?!engine|scheduler|backoff)|entities/(?!merge|limits|check-values|currencies|same))`,
      'lib/shared/(lists/(?!tags|sort-rows|filter|saved-view|SavedView|ViewChips|NameDialog)|device/(Tip|remembered)|forms/form-address|session/session)',
      'lib/shared/pickers/(contacts|choice)',
      'lib/features/visits/',
      'lib/shell/(frame/|navigation/|keyboard/early-keys)',
      'src/lib/ui/(Menu|SearchField|NewButton|anchored)',
      'icons/(book-open|building-complex|download|ellipsis|handshake|house|list-todo)\\.',
      'icons/(arrow-left|refresh-cw|scroll-text|search|settings|upload|users)\\.',
    ),
    minShareCount: 2,
    priority: 1,
  },
  // The code that saves and syncs: most pages need it, but not before their records are on the screen.
  {
    name: 'writing',
    test: anyOf(
      `src/lib/store/(${writing})`,
      'src/lib/entities/(merge|limits|check-values|currencies|same)',
      'lib/shared/records/(field-label|record-name)',
      'lib/(shared/lists/(tags|sort-rows)|features/settings/maintenance/windows)',
      'src/lib/ui/Chip',
    ),
    minShareCount: 2,
  },
];

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
        codeSplitting: { groups: chunks },
      },
    },
  },
  server: { fs: { allow: ['docs/guide'] } },
  plugins: [
    guide(),
    staticIcons(),
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
