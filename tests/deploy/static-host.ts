import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { headerRules, headersFor, type HeaderRules } from '../../supabase/embedded/header-rules';

/** A file of a build on a static host. */
export type Files = Record<string, { type: string; body: string }>;

/** The rule files that static hosts read next to the app. */
export const staticRules = () =>
  headerRules(readFileSync(new URL('../../static/_headers', import.meta.url), 'utf8'));

/** Serves files like a static host: its headers, one page for every other address, redirects from http to https. */
export const staticHost =
  (
    files: Files,
    rules: HeaderRules,
    options: { redirects?: boolean; fallback?: boolean } = {},
  ): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.headers['x-scheme'] === 'http' && options.redirects !== false) {
      response.writeHead(301, { location: `https://${request.headers['x-host']}${path}` }).end();
      return;
    }
    const page = path === '/' || options.fallback !== false ? files['/200.html'] : undefined;
    const file = files[path] ?? page;
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.type, ...headersFor(path, rules) }).end(file.body);
  };

/** Listens on a free port of this machine. Returns the origin and a function that stops it. */
export async function listen(
  listener: RequestListener,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
