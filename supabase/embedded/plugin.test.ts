import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createServer, preview, type InlineConfig } from 'vite';
import { PUBLISHABLE_KEY } from './boot';
import { remove, temporaryFolder } from './harness';
import { embeddedSupabase } from './plugin';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'dist'));
  for (const file of ['index.html', 'dist/index.html']) writeFileSync(join(folder, file), '<h1>The app</h1>');
  writeFileSync(join(folder, 'dist/service-worker.js'), '');
  vi.stubEnv('DATA_DIR', join(folder, 'data'));
  vi.stubEnv('SEED', 'none');
});
afterEach(() => {
  vi.unstubAllEnvs();
  remove(folder);
});

const config = (): InlineConfig => ({
  configFile: false,
  root: folder,
  logLevel: 'silent',
  plugins: [embeddedSupabase()],
  server: { host: '127.0.0.1', port: 0, watch: null },
  preview: { host: '127.0.0.1', port: 0 },
});
const urlOf = (server: Pick<Server, 'address'> | null) =>
  `http://127.0.0.1:${(server?.address() as AddressInfo | undefined)?.port}`;
const health = (url: string) =>
  fetch(`${url}/rest/v1/rpc/health`, {
    method: 'POST',
    headers: { apikey: PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: '{}',
  });

test('preview serves the app and the backend on one origin, and closes both', async () => {
  const server = await preview(config());
  const url = urlOf(server.httpServer as Server);
  expect(await (await health(url)).json()).toBe('crm-ok');
  expect(await (await fetch(`${url}/deals/1`)).text()).toContain('The app');
  expect((await fetch(`${url}/service-worker.js`)).headers.get('cache-control')).toBe('no-cache');
  await server.close();

  const again = await preview(config());
  expect(await (await health(urlOf(again.httpServer as Server))).json()).toBe('crm-ok');
  await again.close();
});

test('a restarting dev server keeps its backend', async () => {
  const server = await createServer(config());
  await server.listen();
  await server.restart();
  expect(await (await health(urlOf(server.httpServer as Server))).json()).toBe('crm-ok');
  await server.close();
  expect(existsSync(join(folder, 'data/lock'))).toBe(false);
});

test('with BACKEND=off, requests go to the backend’s own port, and 503 says that it is down', async () => {
  const seen: string[] = [];
  const backend = createHttpServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.pipe(response.writeHead(201, { 'content-type': 'application/json' }));
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('BACKEND', 'off');
  vi.stubEnv('BACKEND_PORT', String((backend.address() as AddressInfo).port));

  const server = await preview(config());
  const url = urlOf(server.httpServer as Server);
  const answer = await health(url);
  expect(answer.status).toBe(201);
  expect(await answer.text()).toBe('{}');
  expect(seen).toEqual(['POST /rest/v1/rpc/health']);

  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  const down = await health(url);
  expect(down.status).toBe(503);
  expect(await down.json()).toMatchObject({ code: 'backend_unreachable' });
  expect(await (await fetch(url)).text()).toContain('The app');
  await server.close();
});
