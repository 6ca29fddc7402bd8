import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { mutation, rpc, type Mutation } from '../db/rpc';
import type { Live } from './live';

/**
 * A device that writes one contact after another: it pushes each mutation until it is acknowledged, and pulls in
 * between.
 */
export class WritingClient {
  /** The ids of the contacts whose push was answered `applied`. */
  readonly acknowledged: string[] = [];
  /** The ids of all contacts that were pulled. */
  readonly seen = new Set<string>();
  columns: string[] = [];
  warned = false;
  reset = false;
  refusals = 0;
  /** Answers that no device can handle. */
  readonly unexpected: unknown[] = [];

  #cursor: string | null = null;
  #clientId = randomUUID();
  #stopped = false;
  #resumed = false;
  #waiting: (() => void)[] = [];

  constructor(
    private readonly live: Live,
    private readonly member: string,
  ) {}

  /** Works until it is stopped, and then until its last mutation is acknowledged. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      await this.#push(
        mutation('contacts', 'insert', { patch: { first_name: 'New', last_name: 'Written under load' } }),
      );
      await this.pull();
    }
  }

  /** Resolves once a push was acknowledged after the maintenance. */
  resumed(): Promise<void> {
    return this.#resumed ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #push(entry: Mutation): Promise<void> {
    for (;;) {
      const sent_at = new Date().toISOString();
      const envelope = { protocol: 1, client_id: this.#clientId, sent_at, mutations: [entry], events: [] };
      const { status, body, retryAfter } = await rpc(this.live, this.member, 'sync_push', envelope);
      if (status === 200 && body.results[0].status === 'applied') {
        this.acknowledged.push(entry.id);
        if (this.refusals > 0) this.#resume();
        return;
      }
      this.#noteRefusal(status, body, retryAfter);
      // A device waits as long as it is told; the test shortens the wait.
      await wait(20);
    }
  }

  #noteRefusal(status: number, body: { code?: string }, retryAfter: number | undefined): void {
    if (status === 423 && body.code === 'maintenance' && retryAfter) this.refusals += 1;
    else if (!(status === 429 && body.code === 'busy')) this.unexpected.push({ status, body });
  }

  #resume(): void {
    this.#resumed = true;
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }

  /** Pulls all pages since its cursor, unless the server is in maintenance. */
  async pull(): Promise<void> {
    let page: string | null = null;
    do {
      const request = { protocol: 1, client_id: this.#clientId, cursor: this.#cursor, page, limit: 2000 };
      const { status, body, retryAfter } = await rpc(this.live, this.member, 'sync_pull', request);
      if (status !== 200) return this.#noteRefusal(status, body, retryAfter);
      this.reset ||= body.reset;
      for (const { entity, columns, rows } of body.changes) {
        if (entity === 'maintenance_windows' && this.refusals === 0) this.warned = true;
        if (entity !== 'contacts') continue;
        this.columns = columns;
        for (const [id] of rows) this.seen.add(id);
      }
      page = body.page;
      if (!page) this.#cursor = body.cursor;
    } while (page);
  }
}
