/** The app's own client, unchanged: the store, the outbox and the sync cycle. */
import type { Contact } from '$lib/entities/contact';
import { supabase } from '$lib/remote/client';
import { createRemote } from '$lib/remote/remote';
import { callRpc } from '$lib/remote/rpc';
import type { Failure } from '$lib/remote/reply';
import { recordEvent } from '$lib/store/events';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { openStore, type Store } from '$lib/store/store';
import { runCycle } from '$lib/sync/cycle';
import { timed, watchMemory, type BenchClient } from './client';

const remote = createRemote(callRpc);
let store: Store;
let userId = '';
let edits = 0;

const succeed = ({ failure }: { failure?: Failure | undefined }) => {
  if (failure) throw new Error(`${failure.code}: ${failure.message}`);
};
const sync = async (progress?: (rows: number) => void) => {
  let rows = 0;
  const listener = { heard: () => undefined, stored: (more: number) => progress?.((rows += more)) };
  succeed(await runCycle(store, remote, undefined, listener));
};

async function titled(count: number): Promise<Edit[]> {
  const rows: Contact[] = await store.db.rows('contacts').limit(count).toArray();
  edits += 1;
  return rows.map((seen) => ({
    op: 'update',
    entity: 'contacts',
    id: seen.id,
    seen,
    values: { title: `Title ${edits}` },
  }));
}

const client: BenchClient & { events(count: number): Promise<void> } = {
  async signIn(email, password) {
    const { data, error } = await (await supabase()).auth.signInWithPassword({ email, password });
    if (error) throw error;
    userId = data.user.id;
  },
  async open(name) {
    // Devices of one person share this browser, so each has its own database.
    store = { ...(await openStore(name)), userId };
  },
  async close() {
    store.db.close();
  },
  async pull() {
    const stop = watchMemory();
    let first = 0;
    const start = performance.now();
    await sync(() => (first ||= performance.now() - start));
    const all = performance.now() - start;
    return { first: first || all, all, rows: await store.db.rows('contacts').count(), memory: stop() };
  },
  async queueBulk(count) {
    const changes = await titled(count);
    return timed(() => mutate(store, changes));
  },
  async queueSingly(count) {
    const changes = await titled(count);
    return timed(async () => {
      for (const change of changes) await mutate(store, [change]);
    });
  },
  push: () => timed(() => sync()),
  noop: () => timed(() => sync()),
  async edit(id, values) {
    await mutate(store, [{ op: 'update', entity: 'contacts', id, values }]);
  },
  read: async (id) => (await store.db.rows('contacts').get(id)) ?? null,
  ids: async (count) => (await store.db.rows('contacts').limit(count).primaryKeys()) as string[],
  pending: () => store.db.outbox.where('state').equals('pending').count(),
  conflicts: () => store.db.rows('conflicts').count(),
  async events(count) {
    for (let each = 0; each < count; each++)
      await recordEvent(store, { action: 'view', entity_type: 'contacts', entity_id: store.newId() });
  },
};
window.bench = client;
