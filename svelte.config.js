import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {`https://${string}.${string}`[]} */
const api = process.env.PUBLIC_SUPABASE_URL
  ? [/** @type {`https://${string}.${string}`} */ (new URL(process.env.PUBLIC_SUPABASE_URL).origin)]
  : [];

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  // Markup made node by node: parsing a hundred small texts took a tenth of the start.
  compilerOptions: { runes: true, fragments: 'tree' },
  kit: {
    adapter: adapter({ fallback: '200.html', precompress: true }),
    serviceWorker: { register: false },
    // Absolute asset paths: the one precached page answers every deep link offline.
    paths: { relative: false },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'connect-src': ['self', ...api],
        'img-src': ['self', 'data:', 'blob:'],
        'style-src': ['self', 'unsafe-inline'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
      },
    },
  },
};
