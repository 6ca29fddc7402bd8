import type { WorkboxPlugin } from 'workbox-core/types';

type Entry = string | { url: string };

/**
 * Makes the service worker store only files of its own release, whatever a server in between answers. If an
 * installation gets anything else, it fails and is retried later.
 * @param entries the files of the release, as the build lists them
 * @param page the address under which the one page of the app is stored
 * @param origin the origin of the app
 */
export function onlyThisRelease(entries: Entry[], page: string, origin: string): WorkboxPlugin {
  const files = new Set(
    entries.map((entry) => new URL(typeof entry === 'string' ? entry : entry.url, origin).pathname),
  );
  return {
    // The browser's own cache may hold a wrong answer too, for a year, so ask the server.
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
    // An earlier release may have stored a page instead of a file.
    cachedResponseWillBeUsed: async ({ request, cachedResponse }) =>
      cachedResponse && isOfItsType(new URL(request.url).pathname, page, cachedResponse)
        ? cachedResponse
        : null,
  };
}

/** A server that does not have a file may answer with the page instead, with status 200. */
function isOfItsType(pathname: string, page: string, response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  if (pathname === page) return type.startsWith('text/html');
  if (pathname.endsWith('.js')) return /^(text|application)\/(x-)?(java|ecma)script\b/.test(type);
  if (pathname.endsWith('.css')) return type.startsWith('text/css');
  return !type.startsWith('text/html');
}

/** Whether every script of a page is a file of the release. A page without scripts does not belong to the app. */
function isPageOf(files: ReadonlySet<string>, html: string): boolean {
  const scripts = [...html.matchAll(/["'](\/_app\/[^"']+\.js)["']/g)].map(([, path]) => path ?? '');
  return scripts.length > 0 && scripts.every((path) => files.has(path));
}
