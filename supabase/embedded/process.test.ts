import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PUBLISHABLE_KEY } from './boot.ts';
import { ended, ready, remove, spawnBackend, temporaryFolder } from './harness.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => remove(folder));

const post = (url: string, path: string, body: unknown) =>
  fetch(url + path, {
    method: 'POST',
    headers: { apikey: PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const person = { email: 'first@example.com', password: 'long-enough' };

test('starts again after being killed during its first initialization', async () => {
  const aside = join(folder, 'postgres.initializing');
  for (const sign of [aside, join(aside, 'global', 'pg_control')]) {
    const child = spawnBackend({ DATA_DIR: folder });
    await vi.waitUntil(() => existsSync(sign), { timeout: 60_000, interval: 5 });
    child.kill('SIGKILL');
    await ended(child);
    expect(existsSync(join(folder, 'postgres')), 'killed before it was done').toBe(false);
  }
  const url = await ready(spawnBackend({ DATA_DIR: folder }));
  expect(await (await post(url, '/rest/v1/rpc/health', {})).json()).toBe('crm-ok');
});

test('runs once, stops cleanly, and loses nothing when killed', async () => {
  const first = spawnBackend({ DATA_DIR: folder });
  const firstUrl = await ready(first);
  expect((await post(firstUrl, '/auth/v1/signup', person)).status).toBe(200);

  const rival = await ended(spawnBackend({ DATA_DIR: folder }));
  expect(rival.code).toBe(1);
  expect(rival.said).toContain(
    `The backend cannot start because the data directory ${folder} is in use by process ${first.pid}; stop`,
  );
  expect(rival.said).not.toContain('    at ');

  first.kill('SIGTERM');
  expect((await ended(first)).code).toBe(0);
  expect(existsSync(join(folder, 'lock'))).toBe(false);

  const second = spawnBackend({ DATA_DIR: folder });
  const secondUrl = await ready(second);
  expect((await post(secondUrl, '/auth/v1/token?grant_type=password', person)).status).toBe(200);
  second.kill('SIGKILL');
  await ended(second);

  const thirdUrl = await ready(spawnBackend({ DATA_DIR: folder }));
  expect((await post(thirdUrl, '/auth/v1/token?grant_type=password', person)).status).toBe(200);
});

test('names a port in use before it does any work', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, said } = await ended(spawnBackend({ DATA_DIR: folder, BACKEND_PORT: String(port) }));
  server.close();
  expect(code).toBe(1);
  expect(said).toContain(`The backend cannot start because port ${port} is in use; stop`);
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
});

test.each([
  [{ SEED: 'everything' }, 'SEED must be one of'],
  [
    { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postgres' },
    'The backend cannot start because no Postgres answers at 127.0.0.1:1; fix that, or correct DATABASE_URL.',
  ],
  [{ BACKEND_PORT: 'http' }, 'BACKEND_PORT must be a whole number from 0 to 65535'],
])('refuses an invalid setting: %o', async (env, message) => {
  const { code, said } = await ended(spawnBackend({ DATA_DIR: folder, ...env }));
  expect(code).toBe(1);
  expect(said).toContain(message);
  expect(said).not.toContain('    at ');
});
