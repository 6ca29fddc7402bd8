import type { WorkboxPlugin } from 'workbox-core/types';

type Entry = string | { url: string };

/**
 * Lets the service worker store the files of its own release only, whatever a server in between answers. An installation
 * that is given anything else fails, and is begun again later.
 * @param entries the files of the release, as the build lists them
 * @param page the address under which the one page of the app is stored
 * @param origin where the app comes from
 */
export function onlyThisRelease(entries: Entry[], page: string, origin: string): WorkboxPlugin {
  const files = new Set(
    entries.map((entry) => new URL(typeof entry === 'string' ? entry : entry.url, origin).pathname),
  );
  return {
    // What the browser's own cache holds may be such an answer too, for a year: ask the server.
    fetchDidSucceed: async ({ request, response }) =>
      isOfItsType(new URL(request.url).pathname, page, response)
        ? response
        : fetch(request.url, { cache: 'reload', credentials: 'same-origin' }),
    cacheWillUpdate: async ({ request, response }) => {
      const { pathname } = new URL(request.url);
      if (!response.ok || !isOfItsType(pathname, page, response)) return null;
      if (pathname === page && !isPageOf(files, await response.clone().text())) return null;
      return response;
    },
    // An earlier release may have stored a page in the place of a file.
    cachedResponseWillBeUsed: async ({ request, cachedResponse }) =>
      cachedResponse && isOfItsType(new URL(request.url).pathname, page, cachedResponse)
        ? cachedResponse
        : null,
  };
}

/** A server that misses a file may answer with the page instead, as if nothing were wrong. */
function isOfItsType(pathname: string, page: string, response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  if (pathname === page) return type.startsWith('text/html');
  if (pathname.endsWith('.js')) return /^(text|application)\/(x-)?(java|ecma)script\b/.test(type);
  if (pathname.endsWith('.css')) return type.startsWith('text/css');
  return !type.startsWith('text/html');
}

/** Whether every script that a page starts with is a file of the release; a page without scripts is not the app's. */
function isPageOf(files: ReadonlySet<string>, html: string): boolean {
  const scripts = [...html.matchAll(/["'](\/_app\/[^"']+\.js)["']/g)].map(([, path]) => path ?? '');
  return scripts.length > 0 && scripts.every((path) => files.has(path));
}
