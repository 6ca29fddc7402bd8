import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '../../supabase/embedded/pglite';
import { start, type Running } from './server';

const password = 'atomic-demo';
const key = 'sb_publishable_embedded';

/** A separate running CRM for a test, with the demo data by default. */
export class Crm {
  #running: Running | undefined;
  #port = 0;
  readonly folder: string;

  /** @param template the initial data; undefined for none */
  constructor(
    template: string | undefined,
    readonly env: Record<string, string> = {},
  ) {
    this.folder = mkdtempSync(join(tmpdir(), 'atomic-crm-test-'));
    if (template) cpSync(template, join(this.folder, 'data'), { recursive: true });
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Every line printed since the last start. */
  get printed(): readonly string[] {
    return this.#running?.printed ?? [];
  }

  /** Starts, or restarts on the same port with the same data. */
  async start(): Promise<void> {
    const env = { PORT: String(this.#port), DATA_DIR: join(this.folder, 'data'), ...this.env };
    this.#running = await start('app', env);
    this.#port = this.#running.port;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** A deployment: the server stops while its database changes, and then returns. */
  async deploy(sql: string): Promise<void> {
    await this.stop();
    const database = await openPglite(join(this.folder, 'data', 'postgres'));
    await database.script(sql);
    await database.close();
    await this.start();
  }

  async kill(): Promise<void> {
    await this.#running?.kill();
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Calls a server function as a demo account, without the app. */
  async rpc<T>(email: string, name: string, request: object): Promise<T> {
    const session = await this.#post('/auth/v1/token?grant_type=password', { email, password });
    const { access_token } = (await session.json()) as { access_token: string };
    const reply = await this.#post(`/rest/v1/rpc/${name}`, { request }, access_token);
    if (reply.status !== 200) throw new Error(`${name} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  /** The rows of an entity that are not deleted, as a device pulls them. */
  async rows<T>(email: string, entity: string): Promise<T[]> {
    const rows: T[] = [];
    let page: string | null = null;
    do {
      const reply: Pulled = await this.rpc(email, 'sync_pull', {
        protocol: 1,
        client_id: randomUUID(),
        cursor: null,
        page,
        limit: 2000,
      });
      for (const { columns, rows: values } of reply.changes.filter((change) => change.entity === entity))
        for (const row of values)
          rows.push(Object.fromEntries(columns.map((column, index) => [column, row[index]])) as T);
      ({ page } = reply);
    } while (page);
    return rows.filter((row) => (row as { deleted_at: unknown }).deleted_at === null);
  }

  #post(path: string, body: object, token?: string): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: {
        apikey: key,
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  }

  /** The latest 500 entries of the activity log, newest first. */
  async log(filter: object = {}): Promise<LogEntry[]> {
    const { entries } = await this.rpc<{ entries: LogEntry[] }>('admin@example.com', 'activity_log', {
      limit: 500,
      ...filter,
    });
    return entries;
  }
}

interface Pulled {
  changes: { entity: string; columns: string[]; rows: unknown[][] }[];
  page: string | null;
}

export interface LogEntry {
  id: string;
  timestamp: string;
  occurred_at: string;
  user_id: string;
  action: string;
  entity_type: string;
  entity_id: string | null;
  ip_address: string | null;
  changes: Record<string, { old: unknown; new: unknown }> | null;
}
