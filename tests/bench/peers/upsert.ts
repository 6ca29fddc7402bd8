/** The code that one writes without a library: pages by range into IndexedDB, and a bulk upsert of the changed rows. */
import type { SupabaseClient } from '@supabase/supabase-js';
import Dexie, { type Table } from 'dexie';
import { timed, watchMemory, type BenchClient } from '../pages/client';
import { connect, type Row } from './connect';

const pageRows = 1000;
let supabase: SupabaseClient;
let db: Dexie & { contacts: Table<Row, string>; changed: Table<{ id: string }, string> };
let edits = 0;

async function pages(each: (rows: Row[]) => Promise<void>): Promise<void> {
  for (let from = 0; ; from += pageRows) {
    const { data, error } = await supabase
      .from('contacts')
      .select('*')
      .order('id')
      .range(from, from + pageRows - 1);
    if (error) throw error;
    await each(data as Row[]);
    if (data.length < pageRows) return;
  }
}

async function store(rows: Row[]): Promise<void> {
  await db.transaction('rw', db.contacts, db.changed, async () => {
    await db.contacts.bulkPut(rows);
    await db.changed.bulkPut(rows.map(({ id }) => ({ id })));
  });
}

const client: BenchClient = {
  async signIn(email, password) {
    supabase = await connect(email, password);
  },
  async open(name) {
    db = new Dexie(name) as typeof db;
    db.version(1).stores({ contacts: 'id', changed: 'id' });
    await db.open();
  },
  close: async () => db.close(),
  async pull() {
    const stop = watchMemory();
    const start = performance.now();
    let first = 0;
    await pages(async (rows) => {
      await db.contacts.bulkPut(rows);
      first ||= performance.now() - start;
    });
    return { first, all: performance.now() - start, rows: await db.contacts.count(), memory: stop() };
  },
  async queueBulk(count) {
    edits += 1;
    const rows = await db.contacts.limit(count).toArray();
    return timed(() => store(rows.map((row) => ({ ...row, title: `Title ${edits}` }))));
  },
  async queueSingly(count) {
    edits += 1;
    const rows = await db.contacts.limit(count).toArray();
    return timed(async () => {
      for (const row of rows) await store([{ ...row, title: `Title ${edits}` }]);
    });
  },
  push: () =>
    timed(async () => {
      const ids = await db.changed.toCollection().primaryKeys();
      for (let from = 0; from < ids.length; from += 500) {
        const batch = ids.slice(from, from + 500);
        const rows = await db.contacts.bulkGet(batch);
        const { error } = await supabase.from('contacts').upsert(rows);
        if (error) throw error;
        await db.changed.bulkDelete(batch);
      }
    }),
  async edit(id, values) {
    const row = await db.contacts.get(id);
    if (row) await store([{ ...row, ...values }]);
  },
  read: async (id) => (await db.contacts.get(id)) ?? null,
  ids: async (count) => db.contacts.limit(count).primaryKeys(),
  pending: () => db.changed.count(),
  conflicts: async () => 0,
};
window.bench = client;
