import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../postgres/connect.ts';
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

const editOf = (id: string | undefined, mutation_id: string) => ({
  ...{ mutation_id, seq: 1, entity: 'contacts', id, op: 'update', base: {}, patch: { title: 'Chef' } },
  occurred_at: new Date().toISOString(),
});
const push = (backend: Backend, token: string, mutations: object[]) =>
  call(backend, '/rest/v1/rpc/sync_push', {
    token,
    body: {
      request: {
        ...{ protocol: 1, client_id: '01900000-0000-7000-8000-00000000000a', mutations, events: [] },
        sent_at: new Date().toISOString(),
      },
    },
  });

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

const health = (backend: Backend) => call(backend, '/rest/v1/rpc/health', { body: {} });

/** Ends the backend's connections; with `state`, only those in this state. Waits until there is one. */
async function endConnections(state?: string): Promise<void> {
  const sql = connect(databaseUrl);
  try {
    await vi.waitFor(async () => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
          and (${state ?? null}::text is null or wait_event_type = ${state ?? null})`;
      expect(ended.length).toBeGreaterThan(0);
    }, 10_000);
  } finally {
    await sql.end();
  }
}

test('goes on after Postgres has ended its idle connections', async () => {
  const backend = await start();
  expect((await health(backend)).status).toBe(200);
  await endConnections();
  await vi.waitFor(async () => expect((await health(backend)).body).toMatch(/^crm-/), 10_000);
  expect((await signIn(backend, 'rep@example.com')).status).toBe(200);
});

test('refuses a call whose connection ends in the middle, and answers the next one', async () => {
  const backend = await start();
  const { body: session } = await signIn(backend, 'rep@example.com');
  const sql = connect(databaseUrl);
  const [contact] = await sql`select id from public.contacts limit 1`;
  const pushing = sql.begin(async (held) => {
    await held`select from public.contacts where id = ${contact?.id} for update`;
    const answer = push(backend, session.access_token, [
      editOf(contact?.id, '01900000-0000-7000-8000-0000000000c1'),
    ]);
    await endConnections('Lock');
    return answer;
  });
  expect(await pushing).toMatchObject({ status: 503, body: { code: 'PGRST001' } });
  await sql.end();
  expect((await health(backend)).status).toBe(200);
});

test('ends a push at the time limit of its function, which is not that of the role', async () => {
  const backend = await start();
  const { body: session } = await signIn(backend, 'rep@example.com');
  const [contact] = await backend.database.query<{ id: string }>('select id from public.contacts limit 1');
  const edit = editOf(contact?.id, '01900000-0000-7000-8000-00000000000b');
  await backend.database.script(
    `alter function api.sync_push(jsonb) set statement_timeout = '300ms' set lock_timeout = '5s'`,
  );
  // The push waits for a record that somebody else holds, longer than its limit and shorter than that of the role.
  const answer = await backend.database.transaction(async (query) => {
    await query('select from public.contacts where id = $1 for update', [contact?.id]);
    return push(backend, session.access_token, [edit]);
  });
  expect(answer).toMatchObject({ status: 500, body: { code: '57014' } });
  await backend.database.script(
    `alter function api.sync_push(jsonb) set statement_timeout = '20s' set lock_timeout = '1s'`,
  );
  expect(await push(backend, session.access_token, [edit])).toMatchObject({ status: 200 });
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
