import { test as base, expect, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '../../supabase/embedded/pglite';
import { start, type Running } from './server';

export const password = 'atomic-demo';
const key = 'sb_publishable_embedded';

/** A running CRM of a test's own, with the demo data if nothing else is asked for. */
export class Crm {
  #running: Running | undefined;
  #port = 0;
  readonly folder: string;

  /** @param template the data to begin with; undefined for none */
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

  /** Every line at the terminal since the last start. */
  get printed(): readonly string[] {
    return this.#running?.printed ?? [];
  }

  /** Starts, or starts again on the same port with the same data. */
  async start(): Promise<void> {
    const env = { PORT: String(this.#port), DATA_DIR: join(this.folder, 'data'), ...this.env };
    this.#running = await start('app', env);
    this.#port = this.#running.port;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** A deployment: the server is away while its database changes, and comes back. */
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

  /** Calls a server function as a demo account, past the app. */
  async rpc<T>(email: string, name: string, request: object): Promise<T> {
    const session = await this.#post('/auth/v1/token?grant_type=password', { email, password });
    const { access_token } = (await session.json()) as { access_token: string };
    const reply = await this.#post(`/rest/v1/rpc/${name}`, { request }, access_token);
    expect(reply.status, await reply.clone().text()).toBe(200);
    return (await reply.json()) as T;
  }

  /** The living rows of an entity, as the server gives them to a device. */
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

  /** The newest entries of the activity log, newest first. */
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

export const test = base.extend<{ crm: Crm }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the first argument's pattern
  crm: async ({}, use) => {
    const crm = new Crm(process.env.ATOMIC_CRM_TEMPLATE ?? '');
    await crm.start();
    await use(crm);
    await crm.end();
  },
});

export { expect };

export const syncStatus = (page: Page) => page.getByRole('status', { name: 'Sync status' });

/** Signs in as a person would, and waits until the device has everything. */
export async function signIn(page: Page, crm: { url: string }, email: string): Promise<void> {
  await page.goto(`${crm.url}/login`);
  await page.getByRole('button', { name: `Use ${email}` }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).not.toHaveURL(/login/);
  await expect(syncStatus(page)).toHaveText(/^Synced/);
}

/** Waits until the service worker answers for this page, so that the next load works offline. */
export async function offlineReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active && active.state !== 'activated')
      await new Promise<void>((done) =>
        active.addEventListener('statechange', () => active.state === 'activated' && done()),
      );
  });
}

/** Makes a contact by its form and waits for its page. @returns its id */
export async function addContact(page: Page, url: string, last: string): Promise<string> {
  await page.goto(`${url}/contacts?new=contact`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Kari');
  await page.getByRole('textbox', { name: 'Last name' }).fill(last);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Kari ${last}` })).toBeVisible();
  return page.url().split('/').pop() ?? '';
}
