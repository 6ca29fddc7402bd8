import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, startServer, type Server } from '../postgres/server.ts';
import { createBackend, type Backend } from './backend-app.ts';
import { call, remove, signIn, temporaryFolder } from './harness.ts';

let folder: string;
let postgres: Server;
let databaseUrl: string;
const open: Backend[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  postgres = await startServer();
  databaseUrl = `postgres://postgres:${PASSWORD}@127.0.0.1:${postgres.port}/postgres`;
});
afterAll(async () => {
  for (const backend of open) await backend.close();
  await postgres.stop();
  remove(folder);
});

const start = async () => {
  const backend = await createBackend({ dataDir: join(folder, 'data'), databaseUrl });
  open.push(backend);
  return backend;
};

test('runs on Postgres with DATABASE_URL and keeps the data', async () => {
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

test('ends a push at the time limit of its function, which is not that of the role', async () => {
  const backend = await start();
  const { body: session } = await signIn(backend, 'rep@example.com');
  const push = (mutations: object[]) =>
    call(backend, '/rest/v1/rpc/sync_push', {
      token: session.access_token,
      body: {
        request: {
          protocol: 1,
          client_id: '01900000-0000-7000-8000-00000000000a',
          sent_at: new Date().toISOString(),
          mutations,
          events: [],
        },
      },
    });
  const [contact] = await backend.database.query<{ id: string }>('select id from public.contacts limit 1');
  const edit = {
    ...{ mutation_id: '01900000-0000-7000-8000-00000000000b', seq: 1, entity: 'contacts', id: contact?.id },
    ...{ op: 'update', base: {}, patch: { title: 'Chef' }, occurred_at: new Date().toISOString() },
  };
  await backend.database.script(
    `alter function api.sync_push(jsonb) set statement_timeout = '300ms' set lock_timeout = '5s'`,
  );
  // The push waits for a record that somebody else holds, longer than its limit and shorter than that of the role.
  const answer = await backend.database.transaction(async (query) => {
    await query('select from public.contacts where id = $1 for update', [contact?.id]);
    return push([edit]);
  });
  expect(answer).toMatchObject({ status: 500, body: { code: '57014' } });
  await backend.database.script(
    `alter function api.sync_push(jsonb) set statement_timeout = '20s' set lock_timeout = '1s'`,
  );
  expect(await push([edit])).toMatchObject({ status: 200 });
});

test.each([
  ['postgres:wrong', 'postgres', (at: string) => `the Postgres at ${at} rejects the user or the password`],
  [`postgres:${PASSWORD}`, 'none', (at: string) => `the Postgres at ${at} has no database named "none"`],
])('says why a Postgres refuses it: %s at %s', async (who, name, why) => {
  const at = `127.0.0.1:${postgres.port}`;
  const refused = createBackend({
    dataDir: join(folder, 'data'),
    databaseUrl: `postgres://${who}@${at}/${name}`,
  });
  await expect(refused).rejects.toThrow(
    `The backend cannot start because ${why(at)}; fix that, or correct DATABASE_URL.`,
  );
});
