/** The physical limit: the same calls as the app, and plain IndexedDB for their rows. No parsing, no outbox. */
import { timed, watchMemory, type BenchClient } from './client';

interface Page {
  changes: { entity: string; columns: string[]; rows: unknown[][] }[];
  page: string | null;
  cursor: string | null;
  done: boolean;
}

const key = 'sb_publishable_embedded';
const client_id = crypto.randomUUID();
const mostRows = 2000;
/** The same as in the app, so that the first rows come early. */
const firstRows = 250;
const mostMutations = 500;
let token = '';
let db: IDBDatabase;
let waiting: object[] = [];

async function call<T>(path: string, body: object): Promise<T> {
  const reply = await fetch(path, {
    method: 'POST',
    headers: {
      apikey: key,
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as T;
}

const pull = (cursor: string | null, page: string | null) =>
  call<Page>('/rest/v1/rpc/sync_pull', {
    request: { protocol: 1, client_id, cursor, page, limit: page ? mostRows : firstRows },
  });

function put({ changes }: Page): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(['contacts', 'others'], 'readwrite', { durability: 'relaxed' });
    for (const { entity, columns, rows } of changes) {
      const table = transaction.objectStore(entity === 'contacts' ? 'contacts' : 'others');
      for (const values of rows) {
        const row: Record<string, unknown> = {};
        for (let i = 0; i < columns.length; i++) row[columns[i] ?? ''] = values[i];
        table.put(row);
      }
    }
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error('aborted'));
  });
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });

const client: BenchClient = {
  async signIn(email, password) {
    const session = await call<{ access_token: string }>('/auth/v1/token?grant_type=password', {
      email,
      password,
    });
    token = session.access_token;
  },
  async open(name) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const contacts = request.result.createObjectStore('contacts', { keyPath: 'id' });
      contacts.createIndex('company_id', 'company_id');
      request.result.createObjectStore('others', { keyPath: 'id' });
    };
    db = await asked(request);
  },
  close: async () => db.close(),
  async pull() {
    const stop = watchMemory();
    const start = performance.now();
    let first = 0;
    let next = pull(null, null);
    for (;;) {
      const page = await next;
      if (!page.done) next = pull(null, page.page);
      await put(page);
      first ||= performance.now() - start;
      if (page.done) break;
    }
    const all = performance.now() - start;
    const rows = await asked(db.transaction('contacts').objectStore('contacts').count());
    return { first, all, rows, memory: stop() };
  },
  async queueBulk(count) {
    const all = await asked(db.transaction('contacts').objectStore('contacts').getAll(null, count));
    const rows = all as { id: string; version: number; title: string }[];
    return timed(async () => {
      await new Promise<void>((resolve) => {
        const transaction = db.transaction('contacts', 'readwrite', { durability: 'relaxed' });
        for (const row of rows) transaction.objectStore('contacts').put({ ...row, title: 'Raw' });
        transaction.oncomplete = () => resolve();
      });
      waiting = rows.map((row, index) => ({
        mutation_id: crypto.randomUUID(),
        seq: index + 1,
        entity: 'contacts',
        id: row.id,
        op: 'update',
        base_version: row.version,
        base: { title: row.title },
        patch: { title: 'Raw' },
        occurred_at: new Date().toISOString(),
      }));
    });
  },
  push: () =>
    timed(async () => {
      const sent_at = new Date().toISOString();
      while (waiting.length > 0) {
        const mutations = waiting.splice(0, mostMutations);
        await call('/rest/v1/rpc/sync_push', {
          request: { protocol: 1, client_id, sent_at, mutations, events: [] },
        });
      }
    }),
  edit: () => Promise.reject(new Error('not a client')),
  read: () => Promise.resolve(null),
  ids: () => Promise.resolve([]),
  pending: async () => waiting.length,
  conflicts: async () => 0,
};
window.bench = client;
