import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import type { Backend } from './backend-app.ts';
import { isMounted } from './edge.ts';
import { headerRules, headersFor } from './header-rules.ts';
import { passOn } from './proxy.ts';

/**
 * Serves a build like the hosts in `docs/hosting.md`: the files, compressed, one page for every address of the app, 404
 * for a missing file, and the headers of the build's `_headers`.
 *
 * @param folder the build's output
 */
export function appHost(folder: string): RequestListener {
  const rules = headerRules(readFileSync(join(folder, '_headers'), 'utf8'));
  const files = sirv(folder, {
    single: '200.html',
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(headersFor(path, rules))) response.setHeader(name, value);
    },
  });
  return (request, response) => files(request, response, () => void response.writeHead(404).end());
}

/**
 * The app and its backend on one origin. Without a backend, it passes the backend's requests to a separate one at a
 * port.
 */
export function onOneOrigin(app: RequestListener, backend: Backend | null, port: number): RequestListener {
  return (request, response) => {
    if (!isMounted(request.url ?? '')) app(request, response);
    else if (backend) void backend.listener(request, response);
    else passOn(request, response, port);
  };
}
