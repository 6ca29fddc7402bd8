/** RxDB with its Supabase replication, set up as in its documentation. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb/plugins/core';
import { replicateSupabase } from 'rxdb/plugins/replication-supabase';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { timed, watchMemory, type BenchClient } from '../pages/client';
import { connect, type Row } from './connect';

const text = { type: ['string', 'null'] };
const fields = [
  ...['first_name', 'last_name', 'title', 'department', 'company_id', 'emails', 'phones', 'linkedin_url'],
  ...['street', 'city', 'region', 'postal_code', 'country', 'background', 'owner_id', 'tags', 'created_by'],
];
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    ...Object.fromEntries(fields.map((field) => [field, text])),
  },
  required: ['id'],
};

let supabase: SupabaseClient;
let database: RxDatabase;
let contacts: RxCollection<Row>;
let edits = 0;

/** One round of the replication, until both sides are in sync or the time is up. */
async function replicate(limit = 60_000): Promise<void> {
  const state = replicateSupabase<Row>({
    replicationIdentifier: 'contacts',
    collection: contacts,
    client: supabase,
    tableName: 'contacts',
    live: false,
    retryTime: 200,
    waitForLeadership: false,
    // Hosted projects return a thousand rows at most.
    pull: { batchSize: 1000 },
    push: { batchSize: 1000 },
  });
  const over = new Promise<void>((resolve) => setTimeout(resolve, limit));
  await Promise.race([state.awaitInitialReplication(), over]);
  // While it keeps retrying, it does not stop when told to, either.
  await Promise.race([state.cancel(), new Promise((resolve) => setTimeout(resolve, 500))]);
}

const newest = async (count: number) => {
  edits += 1;
  return contacts.find({ limit: count, sort: [{ id: 'asc' }] }).exec();
};

const client: BenchClient = {
  async signIn(email, password) {
    supabase = await connect(email, password);
  },
  async open(name) {
    database = await createRxDatabase({ name, storage: getRxStorageDexie(), multiInstance: false });
    ({ contacts } = await database.addCollections({ contacts: { schema: schema } }));
  },
  close: async () => void (await database.close()),
  async pull() {
    const stop = watchMemory();
    const start = performance.now();
    let first = 0;
    const subscription = contacts.$.subscribe(() => (first ||= performance.now() - start));
    await replicate();
    const all = performance.now() - start;
    subscription.unsubscribe();
    return { first, all, rows: await contacts.count().exec(), memory: stop() };
  },
  async queueBulk(count) {
    const found = await newest(count);
    const title = `Title ${edits}`;
    return timed(() => Promise.all(found.map((each) => each.incrementalPatch({ title }))));
  },
  async queueSingly(count) {
    const found = await newest(count);
    return timed(async () => {
      for (const each of found) await each.incrementalPatch({ title: `Title ${edits}` });
    });
  },
  push: (limit) => timed(() => replicate(limit)),
  noop: () => timed(() => replicate()),
  async edit(id, values) {
    await (await contacts.findOne(id).exec(true)).incrementalPatch(values);
  },
  read: async (id) => (await contacts.findOne(id).exec())?.toMutableJSON() ?? null,
  ids: async (count) =>
    (await contacts.find({ limit: count, sort: [{ id: 'asc' }] }).exec()).map((each) => each.id),
  pending: async () => -1,
  conflicts: async () => 0,
};
window.bench = client;
