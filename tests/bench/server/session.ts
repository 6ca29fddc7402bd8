import { createHmac, randomUUID } from 'node:crypto';
import type { BenchServer } from './server';

/** A session token like the embedded backend's. */
export function tokenFor(sub: string, secret: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub,
    role: 'authenticated',
    aud: 'authenticated',
    session_id: randomUUID(),
    iat: now,
    exp: now + 7200,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Calls functions like a member's device, without a browser. Returns the milliseconds and the answer. */
export class Caller {
  readonly #clientId = randomUUID();
  readonly #token: string;
  #seq = 0;

  constructor(
    readonly server: BenchServer,
    userId: string,
  ) {
    this.#token = tokenFor(userId, server.signingSecret);
  }

  /** @throws if the answer is not 200 */
  async call<T>(name: string, request: object): Promise<{ ms: number; body: T }> {
    const start = performance.now();
    const reply = await fetch(`${this.server.edge.url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: 'sb_publishable_embedded',
        'content-type': 'application/json',
        authorization: `Bearer ${this.#token}`,
      },
      body: JSON.stringify({ request: { protocol: 1, client_id: this.#clientId, ...request } }),
    });
    const body = (await reply.json()) as T;
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return { ms: performance.now() - start, body };
  }

  /** Pulls everything since `cursor`, or finds nothing new. */
  pull(cursor: string | null) {
    return this.call<{ cursor: string; page: string | null }>('sync_pull', {
      cursor,
      page: null,
      limit: 2000,
    });
  }

  /** Pushes an edit of the title of each record. */
  push(records: readonly { id: string; version: number; title: string | null }[]) {
    const occurred_at = new Date().toISOString();
    const mutations = records.map(({ id, version, title }) => ({
      mutation_id: randomUUID(),
      seq: ++this.#seq,
      entity: 'contacts',
      id,
      op: 'update',
      base_version: version,
      base: { title },
      patch: { title: `Title ${this.#seq}` },
      occurred_at,
    }));
    return this.call<{ results: { status: string }[] }>('sync_push', {
      sent_at: occurred_at,
      mutations,
      events: [],
    });
  }

  /** The first records in their current state. */
  records(count: number) {
    return this.server.backend.database.query<{ id: string; version: number; title: string | null }>(
      `select id, version::int, title from public.contacts order by id limit ${count}`,
    );
  }

  /** The cursor of a device that has everything. */
  async newestCursor(): Promise<string> {
    const [row] = await this.server.backend.database.query<{ cursor: string }>(
      "select private.epoch() || '/' || pg_current_snapshot()::text as cursor",
    );
    return row?.cursor ?? '';
  }
}
