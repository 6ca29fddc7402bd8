import { existsSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createServer, type InlineConfig } from 'vite';
import { PUBLISHABLE_KEY } from './boot.ts';
import { remove, temporaryFolder } from './harness.ts';
import { embeddedSupabase } from './plugin.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '<h1>The app</h1>');
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
});
const urlOf = (server: Pick<Server, 'address'> | null) =>
  `http://127.0.0.1:${(server?.address() as AddressInfo | undefined)?.port}`;
const health = (url: string) =>
  fetch(`${url}/rest/v1/rpc/health`, {
    method: 'POST',
    headers: { apikey: PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: '{}',
  });

test('keeps the backend when the dev server restarts', async () => {
  const server = await createServer(config());
  await server.listen();
  await server.restart();
  expect(await (await health(urlOf(server.httpServer as Server))).json()).toBe('crm-ok');
  await server.close();
  expect(existsSync(join(folder, 'data/lock'))).toBe(false);
});
