import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Cluster } from './setup';

export type Role = 'admin' | 'manager' | 'rep' | 'read_only';

/** A copy of the migrated database for one test or one file. */
export interface Database {
  name: string;
  /** Runs a statement as a superuser, to arrange and to inspect, never as the product does. */
  query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    sql: string,
    values?: unknown[],
  ) => Promise<Row[]>;
  /** Connections with the API's own login role, which may become anon, authenticated or service_role. */
  api: pg.Pool;
  /** A separate superuser connection for transactions; release it. */
  connect: () => Promise<pg.PoolClient>;
  drop: () => Promise<void>;
}

// Numbers as numbers, dates and times in Postgres' own format.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === pg.types.builtins.INT8
      ? Number
      : [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ].includes(oid)
        ? String
        : pg.types.getTypeParser(oid, format as 'text'),
};

/** Creates a database; call `drop` when done. Outside vitest's tests, pass the cluster. */
export async function createDatabase(cluster: Cluster = inject('cluster')): Promise<Database> {
  const { host, port, password, template } = cluster;
  const name = `crm_${randomBytes(6).toString('hex')}`;
  const server = { host, port, password, types };
  await once(
    { ...server, user: 'postgres', database: 'postgres' },
    `create database ${name} template ${template}`,
  );
  const superuser = new pg.Pool({ ...server, user: 'postgres', database: name, max: 20 });
  const api = new pg.Pool({ ...server, user: 'authenticator', database: name, max: 40 });
  for (const pool of [superuser, api]) expectDrop(pool);
  return {
    name,
    api,
    query: async (sql, values) => (await superuser.query(sql, values)).rows,
    connect: () => superuser.connect(),
    async drop() {
      await Promise.all([api.end(), superuser.end()]);
      await once({ ...server, user: 'postgres', database: 'postgres' }, `drop database ${name} with (force)`);
    },
  };
}

/**
 * Lets a pool's database be dropped by force. A connection that is still closing then gets an error that no query is
 * waiting for, and that would end the test run.
 */
export function expectDrop(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

async function once(connection: pg.ClientConfig, statement: string) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Adds a member as the owner of the database, and returns the id. */
export async function addMember(db: Database, role: Role, details: { id?: string; active?: boolean } = {}) {
  const id = details.id ?? randomUUID();
  await db.query(
    'insert into public.members (id, email, full_name, role, active) values ($1, $2, $3, $4, $5)',
    [id, `${id}@example.com`, `The ${role}`, role, details.active ?? true],
  );
  return id;
}

/** Runs `job` in a transaction as the signed-in member, like the API, and commits. */
export async function asMember<T>(db: Database, userId: string, job: (client: pg.PoolClient) => Promise<T>) {
  return asRole(db, 'authenticated', userId, {}, job);
}

/** Runs `job` in a transaction with a client role; a null `userId` is a request without a user. */
export async function asRole<T>(
  db: Database,
  role: 'anon' | 'authenticated' | 'service_role',
  userId: string | null,
  options: { headers?: Record<string, string>; readOnly?: boolean },
  job: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await db.api.connect();
  try {
    await client.query(options.readOnly ? 'begin read only' : 'begin');
    await client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
         set_config('request.headers', $3, true), set_config('response.status', '', true)`,
      [role, userId ? JSON.stringify({ sub: userId, role }) : '', JSON.stringify(options.headers ?? {})],
    );
    const result = await job(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
