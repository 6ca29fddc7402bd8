import adapter from '@sveltejs/adapter-static';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {`https://${string}.${string}`[]} */
const api = process.env.PUBLIC_SUPABASE_URL
  ? [/** @type {`https://${string}.${string}`} */ (new URL(process.env.PUBLIC_SUPABASE_URL).origin)]
  : [];

/** SvelteKit adds the hashes of its own scripts only, so the script in app.html needs this. */
const page = readFileSync(new URL('src/app.html', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
const hash = createHash('sha256').update(script).digest('base64');

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  // The compiled code creates elements one by one. Parsing HTML for each component took a tenth of the start.
  compilerOptions: { runes: true, fragments: 'tree' },
  kit: {
    adapter: adapter({ fallback: '200.html', precompress: true }),
    serviceWorker: { register: false },
    // Asset paths are absolute, because one precached page answers every address of the app offline.
    paths: { relative: false },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', `sha256-${hash}`],
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
