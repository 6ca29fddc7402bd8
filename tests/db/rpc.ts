import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { asRole, type Database } from './database';

/** The reply to a call: the HTTP status, the JSON body, and `Retry-After` in seconds. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Reply<Body = any> {
  status: number;
  body: Body;
  retryAfter?: number;
}

export type Rpc = 'sync_push' | 'sync_pull' | 'digest' | 'activity_log' | 'invite' | 'health';

const readOnly: Rpc[] = ['sync_pull', 'digest', 'activity_log', 'health'];

/**
 * Calls a function of schema `api` like PostgREST: one transaction as `authenticated` (`anon` if `userId` is null),
 * read-only if the function is stable, raised errors turned into statuses, `response.status` applied. `ip` is the
 * address that the edge would have put into `cf-connecting-ip`.
 */
export async function rpc(
  db: Database,
  userId: string | null,
  name: Rpc,
  request?: unknown,
  { ip = '203.0.113.7', headers = {} }: { ip?: string | null; headers?: Record<string, string> } = {},
): Promise<Reply> {
  try {
    return await asRole(
      db,
      userId ? 'authenticated' : 'anon',
      userId,
      {
        headers: { ...headers, ...(ip ? { 'cf-connecting-ip': ip } : {}) },
        readOnly: readOnly.includes(name),
        calls: name,
      },
      async (client) => {
        const call = request === undefined ? `api.${name}()` : `api.${name}($1::jsonb)`;
        const values = request === undefined ? [] : [JSON.stringify(request)];
        const [result] = await client.query(`select ${call} as body`, values);
        const [status] = await client.query(
          `select nullif(current_setting('response.status', true), '') as status`,
        );
        return { status: Number(status?.status ?? 200), body: result?.body };
      },
    );
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    return asReply(error, userId);
  }
}

function asReply(error: postgres.PostgresError, userId: string | null): Reply {
  const code = error.code ?? '';
  if (code === 'PGRST') {
    const { status, headers } = JSON.parse(error.detail ?? '{}');
    const retryAfter = headers['Retry-After'];
    return {
      status,
      body: JSON.parse(error.message),
      ...(retryAfter ? { retryAfter: Number(retryAfter) } : {}),
    };
  }
  const body = { code, message: error.message, details: error.detail ?? null, hint: error.hint ?? null };
  if (/^PT\d{3}$/.test(code)) return { status: Number(code.slice(2)), body };
  if (code === '42501') return { status: userId ? 403 : 401, body };
  if (code === '23503' || code === '23505') return { status: 409, body };
  if (/^(53|57P01|08)/.test(code)) return { status: 503, body };
  if (/^(40|55|57|XX|P0(?!001))/.test(code)) return { status: 500, body };
  return { status: 400, body };
}

export interface Mutation {
  mutation_id: string;
  seq: number;
  group_id?: string;
  entity: string;
  id: string;
  op: string;
  base_version?: number | null;
  base?: Record<string, unknown>;
  patch?: Record<string, unknown>;
  occurred_at: string;
  known_at?: string;
  own_times?: string[];
  into?: string;
  from?: string[];
  choices?: Record<string, unknown>;
}

export interface ClientEvent {
  event_id: string;
  seq: number;
  action: string;
  entity_type: string;
  entity_id: string;
  occurred_at: string;
  known_at?: string;
}

let seq = 0;

/** A mutation with defaults for everything that a test does not set. */
export function mutation(entity: string, op: string, details: Partial<Mutation> = {}): Mutation {
  seq += 1;
  return {
    mutation_id: randomUUID(),
    seq,
    entity,
    id: randomUUID(),
    op,
    base: {},
    patch: {},
    occurred_at: new Date().toISOString(),
    ...details,
  };
}

/** An event with defaults for everything that a test does not set. */
export function event(action: string, details: Partial<ClientEvent> = {}): ClientEvent {
  seq += 1;
  return {
    event_id: randomUUID(),
    seq,
    action,
    entity_type: 'contacts',
    entity_id: randomUUID(),
    occurred_at: new Date().toISOString(),
    ...details,
  };
}

const clients = new Map<string, string>();

/** The only device of a user, unless a test names another. */
export function clientOf(db: Database, userId: string): string {
  const key = `${db.name} ${userId}`;
  if (!clients.has(key)) clients.set(key, randomUUID());
  return clients.get(key) as string;
}

/** Pushes mutations and events as the user. Some tests send what no device would. */
export function push(
  db: Database,
  userId: string,
  mutations: unknown,
  options: {
    events?: unknown[];
    clientId?: string;
    sentAt?: Date;
    ip?: string | null;
    protocol?: number;
  } = {},
): Promise<Reply> {
  const request = {
    protocol: options.protocol ?? 1,
    client_id: options.clientId ?? clientOf(db, userId),
    sent_at: (options.sentAt ?? new Date()).toISOString(),
    mutations,
    events: options.events ?? [],
  };
  return rpc(db, userId, 'sync_push', request, options.ip === undefined ? {} : { ip: options.ip });
}

/** Pushes and returns the results' statuses; throws any other answer of the server. */
export async function statuses(db: Database, userId: string, mutations: Mutation[]): Promise<string[]> {
  const reply = await push(db, userId, mutations);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply));
  return reply.body.results.map((result: { status: string }) => result.status);
}

export interface Pulled {
  cursor: string;
  reset: boolean;
  pages: number;
  /** Rows by entity; each row by column. */
  rows: Record<string, Record<string, unknown>[]>;
}

/** Pulls all pages since a cursor. */
export async function pull(
  db: Database,
  userId: string,
  cursor: string | null = null,
  options: { limit?: number; betweenPages?: () => Promise<void> } = {},
): Promise<Pulled> {
  const pulled: Pulled = { cursor: '', reset: false, pages: 0, rows: {} };
  let page: string | null = null;
  do {
    const reply = await rpc(db, userId, 'sync_pull', {
      protocol: 1,
      client_id: clientOf(db, userId),
      cursor,
      page,
      limit: options.limit ?? 2000,
    });
    if (reply.status !== 200) throw new Error(JSON.stringify(reply));
    pulled.pages += 1;
    pulled.reset ||= reply.body.reset;
    for (const { entity, columns, rows } of reply.body.changes)
      (pulled.rows[entity] ??= []).push(
        ...rows.map((row: unknown[]) => Object.fromEntries(row.map((value, i) => [columns[i], value]))),
      );
    page = reply.body.page;
    pulled.cursor = reply.body.cursor;
    if (page) await options.betweenPages?.();
  } while (page);
  return pulled;
}
