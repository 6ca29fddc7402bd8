import { createHmac, randomUUID } from 'node:crypto';
import { expect, inject } from 'vitest';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { accounts, DEMO_PASSWORD } from '../../supabase/embedded/seed/accounts';

export interface Answer {
  status: number;
  // Tests read answers field by field and compare what they find.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Call {
  method?: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Text is sent unchanged, everything else as JSON. */
  body?: unknown;
}

/** Sends one request with the publishable key, which anyone with a browser can do. */
export async function call(path: string, { method, token, headers = {}, body }: Call = {}): Promise<Answer> {
  const reply = await fetch(inject('backend') + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      apikey: PUBLISHABLE_KEY,
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: asJson(text) };
}

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const rpc = (name: string, request: unknown, token?: string, headers?: Record<string, string>) =>
  call(`/rest/v1/rpc/${name}`, { body: { request }, token, ...(headers ? { headers } : {}) });

/** A demo account's id. */
export const idOf = (email: string): string => {
  const account = accounts.find((known) => known.email === email);
  if (!account) throw new Error(`There is no demo account ${email}.`);
  return account.id;
};

const tokens = new Map<string, Promise<string>>();

/** A demo account's own token; signs in only once. */
export function tokenOf(email: string): Promise<string> {
  const token =
    tokens.get(email) ??
    call('/auth/v1/token?grant_type=password', { body: { email, password: DEMO_PASSWORD } }).then(
      ({ body }) => body.access_token as string,
    );
  tokens.set(email, token);
  return token;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with any claims and any secret. */
export function makeToken(
  claims: object,
  secret: string,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The claims of a real token for this user, valid for an hour. */
export const claimsFor = (sub: string, more: object = {}) => ({
  sub,
  role: 'authenticated',
  aud: 'authenticated',
  session_id: randomUUID(),
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 3600,
  ...more,
});

/** A push that contains only the given fields. */
export const pushOf = (more: object = {}) => ({
  protocol: 1,
  client_id: randomUUID(),
  sent_at: new Date().toISOString(),
  mutations: [],
  events: [],
  ...more,
});

export interface LogEntry {
  id: string;
  user_id: string | null;
  action: string;
  entity_type: string;
  entity_id: string | null;
  ip_address: string | null;
}

/** The latest 500 entries of the log, as an admin reads them. */
export async function log(filter: object = {}): Promise<LogEntry[]> {
  const { body } = await rpc('activity_log', { limit: 500, ...filter }, await tokenOf('admin@example.com'));
  return body.entries as LogEntry[];
}

/** A pull of a new device, with the given fields replaced. */
export const pull = async (more: object, email = 'rep@example.com') =>
  rpc(
    'sync_pull',
    { protocol: 1, client_id: randomUUID(), cursor: null, page: null, limit: 100, ...more },
    await tokenOf(email),
  );

/** The ids of the conflicts about a record that a member's own device gets. */
export async function conflictsOf(email: string, record: string): Promise<string[]> {
  const ids: string[] = [];
  let page: string | null = null;
  do {
    const { body, status }: Answer = await pull({ page, limit: 2000 }, email);
    expect(status, JSON.stringify(body)).toBe(200);
    for (const { entity, columns, rows } of body.changes)
      if (entity === 'conflicts')
        for (const row of rows)
          if (row[columns.indexOf('record_id')] === record) ids.push(row[columns.indexOf('id')]);
    page = body.page;
  } while (page);
  return ids;
}
