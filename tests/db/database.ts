import { randomBytes, randomUUID } from 'node:crypto';
import type { ParameterOrJSON, PostgresType, RowList, Sql } from 'postgres';
import { inject } from 'vitest';
import { connect, jsonAsText, runScripts } from '../../supabase/postgres/connect';
import type { Cluster } from './setup';

export type Role = 'admin' | 'manager' | 'rep' | 'read_only';

// Callers name the columns that they select.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyRow = Record<string, any>;

/** One connection for transactions. */
export interface Session {
  /** Runs a statement and returns its rows; `count` of the result says how many rows it changed. */
  query: <Row extends object = AnyRow>(sql: string, values?: unknown[]) => Promise<RowList<Row[]>>;
  /** Gives the connection back. */
  release: () => void;
}

/** A copy of the migrated database for one test or one file. */
export interface Database {
  name: string;
  /** Runs a statement as a superuser, to arrange and to inspect, never as the product does. */
  query: <Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** A connection with the API's own login role, which may become anon, authenticated or service_role. Release it. */
  connectAsApi: () => Promise<Session>;
  /** A separate superuser connection; release it. */
  connect: () => Promise<Session>;
  drop: () => Promise<void>;
}

const asWritten = (to: number, from: number[]): PostgresType => ({
  ...{ to, from, parse: String },
  serialize: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
});

/** Numbers as numbers, dates and times in Postgres' own format, and JSON that may be passed as text. */
const types: Record<string, PostgresType> = {
  ...jsonAsText,
  bigint: { to: 20, from: [20], parse: Number, serialize: String },
  date: asWritten(1184, [1082, 1184]),
  bool: { to: 16, from: [16], parse: (text: string) => text === 't', serialize: String },
};

/** Opens at most `max` connections for a test. A missing value is null. */
export const openPool = (url: string, max: number): Sql =>
  connect(url, { max, types, transform: { undefined: null } });

/** Runs a statement with `$1`-style values; without values it may be several statements. */
const queryOn = (sql: Sql): Session['query'] =>
  async function query<Row extends object>(statement: string, values: unknown[] = []) {
    return await sql.unsafe<Row[]>(statement, values as ParameterOrJSON<never>[]);
  };

/** Takes a connection from a pool for one caller. */
async function sessionOf(pool: Sql): Promise<Session> {
  const sql = await pool.reserve();
  return { query: queryOn(sql), release: () => sql.release() };
}

/** The functions of a {@link Database} on two pools, one of the superuser and one of the API's login role. */
export const accessTo = (superuser: Sql, api: Sql): Pick<Database, 'query' | 'connect' | 'connectAsApi'> => ({
  async query<Row extends object>(statement: string, values?: unknown[]) {
    return [...(await queryOn(superuser)<Row>(statement, values))];
  },
  connect: () => sessionOf(superuser),
  connectAsApi: () => sessionOf(api),
});

/** Creates a database; call `drop` when done. Outside vitest's tests, pass the cluster. */
export async function createDatabase(cluster: Cluster = inject('cluster')): Promise<Database> {
  const { host, port, password, template } = cluster;
  const name = `crm_${randomBytes(6).toString('hex')}`;
  const url = (user: string, database: string) =>
    `postgresql://${user}:${password}@${host}:${port}/${database}`;
  const admin = url('postgres', 'postgres');
  await runScripts(admin, `create database ${name} template ${template}`);
  const superuser = openPool(url('postgres', name), 20);
  const api = openPool(url('authenticator', name), 40);
  return {
    name,
    ...accessTo(superuser, api),
    async drop() {
      await Promise.all([api.end({ timeout: 5 }), superuser.end({ timeout: 5 })]);
      await runScripts(admin, `drop database ${name} with (force)`);
    },
  };
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
export async function asMember<T>(db: Database, userId: string, job: (client: Session) => Promise<T>) {
  return asRole(db, 'authenticated', userId, {}, job);
}

/**
 * Runs `job` in a transaction with a client role; a null `userId` is a request without a user. If `calls` names a
 * function of schema `api`, statements have its time limit, as PostgREST sets it, or else that of a hosted project's role.
 */
export async function asRole<T>(
  db: Database,
  role: 'anon' | 'authenticated' | 'service_role',
  userId: string | null,
  options: { headers?: Record<string, string>; readOnly?: boolean; calls?: string },
  job: (client: Session) => Promise<T>,
): Promise<T> {
  const client = await db.connectAsApi();
  try {
    await client.query(options.readOnly ? 'begin read only' : 'begin');
    await client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
         set_config('request.headers', $3, true), set_config('response.status', '', true),
         set_config('statement_timeout', case when $4 = '' then '0' else coalesce((
           select split_part(c.setting, '=', 2) from pg_proc p cross join unnest(p.proconfig) c (setting)
           where p.pronamespace = 'api'::regnamespace and p.proname = $4 and c.setting like 'statement_timeout=%'
         ), '8s') end, true)`,
      [
        role,
        userId ? JSON.stringify({ sub: userId, role }) : '',
        JSON.stringify(options.headers ?? {}),
        options.calls ?? '',
      ],
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
