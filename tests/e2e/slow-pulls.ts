import type { Page } from '@playwright/test';

/** Counts a page's pulls and the rows that arrive. */
export class Pulls {
  readonly #arrived = new Map<string, number>();
  readonly #asked: string[] = [];

  constructor(page: Page) {
    page.on('request', (request) => {
      if (!isPull(request.url())) return;
      const { request: asked } = request.postDataJSON() as { request: Asked };
      this.#asked.push(asked.page ?? asked.cursor ?? 'first');
    });
    page.on('response', async (response) => {
      if (!isPull(response.url())) return;
      const body = (await response.json().catch(() => undefined)) as Reply | undefined;
      for (const { columns, rows } of body?.changes ?? [])
        for (const row of rows) this.#note(String(row[columns.indexOf('id')]));
    });
  }

  /** Rows that arrived completely. */
  get rows(): number {
    return this.#arrived.size;
  }
  /** Rows that arrived more than once. */
  get twice(): number {
    return [...this.#arrived.values()].filter((times) => times > 1).length;
  }
  /** Pages that were requested more than once. */
  get again(): number {
    return this.#asked.length - new Set(this.#asked).size;
  }

  #note(id: string): void {
    this.#arrived.set(id, (this.#arrived.get(id) ?? 0) + 1);
  }
}

interface Asked {
  page: string | null;
  cursor: string | null;
}

interface Reply {
  changes: { columns: string[]; rows: unknown[][] }[];
}

const isPull = (url: string) => url.endsWith('/rpc/sync_pull');
