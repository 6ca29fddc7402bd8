import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

/** A file of a build as a static host holds it. */
export type Files = Record<string, { type: string; body: string }>;

/** Headers by path pattern, in the order in which they apply; null takes one away. */
export type Rules = { path: RegExp; headers: [name: string, value: string | null][] }[];

/** Reads `static/_headers`, in which a path stands at the margin, its headers below it, and `!` takes one away. */
export function headerRules(
  text = readFileSync(new URL('../../static/_headers', import.meta.url), 'utf8'),
): Rules {
  const rules: Rules = [];
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\S/.test(line)) {
      const source = line.trim().replace(/[.]/g, '\\.').replaceAll('*', '.*');
      rules.push({ path: new RegExp(`^${source}$`), headers: [] });
      continue;
    }
    const [, removed] = /^\s+!\s*(\S+)/.exec(line) ?? [];
    const [, name = '', value = ''] = /^\s+([^:]+):\s*(.+)$/.exec(line) ?? [];
    rules.at(-1)?.headers.push(removed ? [removed, null] : [name, value]);
  }
  return rules;
}

/** The headers that the rules give a path. */
export function headersFor(path: string, rules: Rules): Record<string, string> {
  const headers = new Map<string, string>();
  for (const rule of rules.filter((rule) => rule.path.test(path))) {
    for (const [name, value] of rule.headers) {
      if (value === null) headers.delete(name.toLowerCase());
      else headers.set(name.toLowerCase(), value);
    }
  }
  return Object.fromEntries(headers);
}

/** Serves files as a static host does: its headers, one page for every other address, http sent on to https. */
export const staticHost =
  (files: Files, rules: Rules, options: { redirects?: boolean; fallback?: boolean } = {}): RequestListener =>
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

/** Listens on a free port of this machine; returns the origin and how to end it. */
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
