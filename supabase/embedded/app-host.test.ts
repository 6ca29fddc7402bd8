import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appHost, onOneOrigin } from './app-host.ts';
import { createBackend } from './backend-app.ts';
import { PUBLISHABLE_KEY } from './boot.ts';
import { remove, temporaryFolder } from './harness.ts';

let folder: string;
let build: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  build = join(folder, 'build');
  mkdirSync(join(build, '_app/immutable'), { recursive: true });
  const headers = readFileSync(new URL('../../static/_headers', import.meta.url));
  writeFileSync(join(build, '_headers'), headers);
  writeFileSync(join(build, '200.html'), '<h1>The app</h1>');
  writeFileSync(join(build, 'service-worker.js'), '');
  writeFileSync(join(build, '_app/immutable/start.js'), 'start()');
  writeFileSync(join(build, '_app/immutable/start.js.gz'), gzipSync('start()'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
  remove(folder);
});

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const health = (url: string) =>
  fetch(`${url}/rest/v1/rpc/health`, {
    method: 'POST',
    headers: { apikey: PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: '{}',
  });

test('serves one page for every address, 404 for missing files, and the host’s headers', async () => {
  const { url } = await serve(appHost(build));
  const page = await fetch(`${url}/deals/1?tab=history`);
  expect(await page.text()).toContain('The app');
  expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  expect(page.headers.get('cache-control')).toBe('no-cache');

  const worker = await fetch(`${url}/service-worker.js`);
  expect(worker.headers.get('cache-control')).toBe('no-cache, no-store, must-revalidate');
  const script = await fetch(`${url}/_app/immutable/start.js`);
  expect(await script.text()).toBe('start()');
  expect(script.headers.get('content-encoding')).toBe('gzip');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${url}/_app/immutable/gone.js`)).status).toBe(404);
});

test('serves the app and the backend on one origin', async () => {
  const backend = await createBackend({ dataDir: join(folder, 'data'), seed: 'none' });
  const { url } = await serve(onOneOrigin(appHost(build), backend, 0));
  expect(await (await health(url)).json()).toBe('crm-ok');
  expect(await (await fetch(url)).text()).toContain('The app');
  await backend.close();
});

test('passes requests to a separate backend, and answers 503 when it is down', async () => {
  const seen: string[] = [];
  const backend = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.pipe(response.writeHead(201, { 'content-type': 'application/json' }));
  });
  const { url } = await serve(onOneOrigin(appHost(build), null, Number(new URL(backend.url).port)));
  const answer = await health(url);
  expect(answer.status).toBe(201);
  expect(await answer.text()).toBe('{}');
  expect(seen).toEqual(['POST /rest/v1/rpc/health']);

  await close(servers.splice(servers.indexOf(backend.server), 1)[0] ?? backend.server);
  const down = await health(url);
  expect(down.status).toBe(503);
  expect(await down.json()).toMatchObject({ code: 'backend_unreachable' });
  expect(await (await fetch(url)).text()).toContain('The app');
});
